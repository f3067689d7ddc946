import { base64url, DataItem } from '@owf/mdoc';
import { beforeAll, expect, test } from 'vitest';
import { changeResponse, toWalletResponse } from '../../e2e/support/wallet/present-document.ts';
import { makeWalletSession } from '../../e2e/support/wallet/wallet-session.ts';
import { MAX_RESPONSE_LENGTH, verifyPresentation } from './verify-presentation.ts';
import type { WalletRefusal } from './wallet-refusal.ts';

let session: Awaited<ReturnType<typeof makeWalletSession>>;
let genuine: Uint8Array;
beforeAll(async () => {
  session = await makeWalletSession();
  genuine = await session.respond();
});

async function expectRefusal(response: string, refusal: WalletRefusal) {
  expect(await verifyPresentation({ response, ...session.expected })).toEqual({ kind: 'refused', refusal });
}

const wrap = (depth: number): unknown => (depth === 0 ? 0 : [wrap(depth - 1)]);
const TEXTS: [name: string, kind: WalletRefusal, makeResponse: () => string][] = [
  ['no text', 'malformed', () => ''],
  ['no JSON', 'malformed', () => '{"vp_token":'],
  ['a list', 'malformed', () => '[]'],
  ['null', 'malformed', () => 'null'],
  ['no token', 'malformed', () => '{}'],
  ['an error of the protocol', 'malformed', () => '{"error":"access_denied"}'],
  ['an encrypted response', 'malformed', () => '{"response":"eyJhbGciOiJFQ0RILUVTIn0.."}'],
  ['a token that is a text', 'malformed', () => JSON.stringify({ vp_token: { mdl: base64url.encode(genuine) } })],
  [
    'two presentations of one query',
    'malformed',
    () => JSON.stringify({ vp_token: { mdl: [base64url.encode(genuine), base64url.encode(genuine)] } }),
  ],
  [
    'presentations of both queries',
    'document-count',
    () => JSON.stringify({ vp_token: { mdl: [base64url.encode(genuine)], idpass: [base64url.encode(genuine)] } }),
  ],
  ['no presentation', 'document-count', () => '{"vp_token":{}}'],
  ['an unknown query', 'malformed', () => toWalletResponse(genuine, 'other')],
  [
    'plain base64',
    'malformed',
    () => JSON.stringify({ vp_token: { mdl: [`${Buffer.from(genuine).toString('base64')}==`] } }),
  ],
  ['a text that is too long', 'too-long', () => `${toWalletResponse(genuine)}${' '.repeat(MAX_RESPONSE_LENGTH)}`],
  ['a document that is too long', 'too-long', () => toWalletResponse(Buffer.alloc(MAX_RESPONSE_LENGTH))],
  ['bytes after the end', 'malformed', () => toWalletResponse(Buffer.concat([genuine, Buffer.from([0])]))],
  ['nothing but nested lists', 'malformed', () => toWalletResponse(Buffer.alloc(5_000, 0x81))],
  [
    'nested lists as a value',
    'malformed',
    () => toWalletResponse(changeResponse(genuine, (document) => document.set('errors', new Map([['a', wrap(40)]])))),
  ],
  [
    'embedded CBOR in embedded CBOR',
    'malformed',
    () => {
      let item = DataItem.fromData(new Map());
      for (let depth = 0; depth < 40; depth += 1) item = DataItem.fromData(new Map([['a', item]]));
      return toWalletResponse(changeResponse(genuine, (document) => document.set('errors', new Map([['a', item]]))));
    },
  ],
  ['a list that says it is endless', 'malformed', () => toWalletResponse(Buffer.from('9affffffff', 'hex'))],
  ['a list of indefinite length', 'malformed', () => toWalletResponse(Buffer.from('9f00ff', 'hex'))],
];

test.each(TEXTS)('refuses a response that is %s: %s', async (_name, kind, makeResponse) => {
  await expectRefusal(makeResponse(), kind);
});

test('refuses a response with a key twice', async () => {
  const status = Buffer.from('6673746174757300', 'hex');
  const bytes = Buffer.from(genuine);
  const at = bytes.indexOf(status);
  expect([bytes[0], at > 0]).toEqual([0xa3, true]);
  bytes[0] = 0xa4;
  await expectRefusal(
    toWalletResponse(Buffer.concat([bytes.subarray(0, at), status, bytes.subarray(at)])),
    'malformed',
  );
});

test('refuses a response that was cut anywhere', async () => {
  for (let length = 0; length < genuine.length; length += 29) {
    await expectRefusal(toWalletResponse(genuine.subarray(0, length)), 'malformed');
  }
});
