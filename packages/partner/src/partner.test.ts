import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, expectTypeOf, test } from 'vitest';
import type { ApplicationEvent as SchemaEvent } from '../../../lib/domain/events/application-event.ts';
import type { ApplicationStatus as SchemaStatus } from '../../../lib/domain/partner-api/application-status.ts';
import { openLink } from '../../../lib/partner-link/open-link.ts';
import { buildSignedHeaders, parseSigningKey } from '../../../lib/webhooks/signing-keys.ts';
import {
  type ApplicationEvent,
  type ApplicationStatus,
  createPartnerLink,
  readApplicationStatus,
  verifyWebhook,
  WebhookError,
  type WebhookRequest,
} from './index.ts';

test('the types are those of the app’s schemas', () => {
  expectTypeOf<SchemaEvent>().toExtend<ApplicationEvent>();
  expectTypeOf<ApplicationEvent>().toExtend<SchemaEvent>();
  expectTypeOf<SchemaStatus>().toExtend<ApplicationStatus>();
  expectTypeOf<ApplicationStatus>().toExtend<SchemaStatus>();
  expectTypeOf<IncomingHttpHeaders>().toExtend<WebhookRequest['headers']>();
});

test('the app opens a link of this package', async () => {
  const signing = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const encryption = generateKeyPairSync('rsa', { modulusLength: 2_048 });
  const origin = 'https://start.example';
  const url = await createPartnerLink(
    {
      answers: { firstName: 'Ana' },
      locked: ['firstName'],
      lang: 'es',
      reference: 'order-1',
      returnUrl: 'https://shop.example/a',
    },
    {
      origin,
      signKey: signing.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
      encryptionKey: encryption.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    },
  );
  const [page, token = ''] = url.split('#');
  expect(page).toBe(`${origin}/partner`);
  const keys = { verify: signing.publicKey, decrypt: encryption.privateKey };
  const origins = { audience: origin, returnOrigins: ['https://shop.example'] };
  expect(await openLink(token, keys, origins, new Date())).toMatchObject({
    link: { reference: 'order-1', returnUrl: 'https://shop.example/a', lang: 'es', locked: ['firstName'] },
  });
});

const NOW = new Date('2026-11-28T12:00:00Z');
const BODY = JSON.stringify({ type: 'application.started', timestamp: NOW.toISOString(), data: { application: 'a' } });
const SECRET = `whsec_${randomBytes(32).toString('base64')}`;
const SEED = randomBytes(32);
const PRIVATE_KEY = `whsk_${SEED.toString('base64')}`;
const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), SEED]);
const publicKey = createPublicKey(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }));
const PUBLIC_KEY = `whpk_${publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64')}`;

function signBody(...secrets: string[]): Record<string, string> {
  const keys = secrets.flatMap((secret) => parseSigningKey(secret) ?? []);
  return buildSignedHeaders({ id: 'evt_1', timestamp: NOW.getTime() / 1_000, body: BODY }, keys);
}

test.each([
  ['HMAC-SHA-256', [SECRET], [SECRET]],
  ['Ed25519', [PRIVATE_KEY], [PUBLIC_KEY]],
  ['one of two signatures', [`whsec_${randomBytes(32).toString('base64')}`, SECRET], [SECRET]],
  ['one of two secrets', [SECRET], [PUBLIC_KEY, SECRET]],
])('a webhook of the app is verified by %s', async (_what, signers, secrets) => {
  const headers = signBody(...signers);
  expect(await verifyWebhook({ headers, body: BODY }, secrets, NOW)).toEqual(JSON.parse(BODY));
  expect(await verifyWebhook({ headers: new Headers(headers), body: BODY }, secrets, NOW)).toEqual(JSON.parse(BODY));
});

test('a webhook that the official library signed is verified', async () => {
  const headers = {
    'webhook-id': 'evt_1',
    'webhook-timestamp': String(NOW.getTime() / 1_000),
    'webhook-signature': new Webhook(SECRET).sign('evt_1', NOW, BODY),
  };
  expect(await verifyWebhook({ headers, body: BODY }, [SECRET], NOW)).toMatchObject({ type: 'application.started' });
});

const FOREIGN = `whsec_${createHash('sha256').update('another').digest('base64')}`;
test.each<[string, () => Promise<unknown>]>([
  ['a changed body', () => verifyWebhook({ headers: signBody(SECRET), body: `${BODY} ` }, [SECRET], NOW)],
  [
    'another id',
    () => verifyWebhook({ headers: { ...signBody(SECRET), 'webhook-id': 'x' }, body: BODY }, [SECRET], NOW),
  ],
  ['a foreign secret', () => verifyWebhook({ headers: signBody(FOREIGN), body: BODY }, [SECRET, PUBLIC_KEY], NOW)],
  ['no secret', () => verifyWebhook({ headers: signBody(SECRET), body: BODY }, [], NOW)],
  ['no header', () => verifyWebhook({ headers: {}, body: BODY }, [SECRET], NOW)],
  [
    'a header that came twice',
    () => verifyWebhook({ headers: { ...signBody(SECRET), 'webhook-id': ['evt_1'] }, body: BODY }, [SECRET], NOW),
  ],
  [
    'an old time',
    () => verifyWebhook({ headers: signBody(SECRET), body: BODY }, [SECRET], new Date(NOW.getTime() + 301_000)),
  ],
  [
    'a time to come',
    () => verifyWebhook({ headers: signBody(SECRET), body: BODY }, [SECRET], new Date(NOW.getTime() - 301_000)),
  ],
  [
    'no time',
    () => verifyWebhook({ headers: { ...signBody(SECRET), 'webhook-timestamp': 'x' }, body: BODY }, [SECRET], NOW),
  ],
])('%s is refused', async (_what, verify) => {
  await expect(verify()).rejects.toThrow(WebhookError);
});

test('an error about a secret does not quote it', async () => {
  const verify = verifyWebhook({ headers: signBody(SECRET), body: BODY }, ['not_a-secret'], NOW);
  await expect(verify).rejects.toThrow('A secret begins with whsec_ or whpk_ and continues in base64');
});

const STATUS = { application: 'a', state: 'refused', startedAt: 'x', updatedAt: 'x' };
const server = createServer(({ url, headers }, response) => {
  const [status, header] =
    headers.authorization !== 'Bearer key'
      ? [401, {}]
      : url === '/api/applications/order%3A1'
        ? [200, {}]
        : url === '/api/applications/busy'
          ? [429, { 'retry-after': '60' }]
          : url === '/api/applications/moved'
            ? [302, { location: '/api/applications/order%3A1' }]
            : [404, {}];
  response.writeHead(Number(status), header as Record<string, string>).end(JSON.stringify(STATUS));
});
beforeAll(() => new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve)));
afterAll(() => void server.close());

test('the status is read, and an unknown one is undefined', async () => {
  const api = { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, apiKey: 'key' };
  expect(await readApplicationStatus('order:1', api)).toEqual(STATUS);
  expect(await readApplicationStatus('unknown', api)).toBeUndefined();
  await expect(readApplicationStatus('busy', api)).rejects.toMatchObject({ status: 429, retryAfterSeconds: 60 });
  await expect(readApplicationStatus('order:1', { ...api, apiKey: 'x' })).rejects.toMatchObject({ status: 401 });
  await expect(readApplicationStatus('moved', api)).rejects.toThrow(TypeError);
});
