import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, expect, expectTypeOf, test } from 'vitest';
import type { ApplicationEvent as SchemaEvent } from '../../../lib/domain/events/application-event.ts';
import type { PaymentMethodType } from '../../../lib/domain/journey-context.ts';
import type { ApplicationStatus as SchemaStatus } from '../../../lib/domain/partner-api/application-status.ts';
import { isPartnerField, readPartnerAnswers } from '../../../lib/domain/partner-start.ts';
import type { SessionLinkRequest } from '../../../lib/domain/session-link-request.ts';
import { steps } from '../../../lib/domain/steps/index.ts';
import { openLink } from '../../../lib/partner-link/open-link.ts';
import { buildSignedHeaders, parseSigningKey } from '../../../lib/webhooks/signing-keys.ts';
import {
  type AnswerName,
  type Answers,
  type ApplicationEvent,
  type ApplicationStatus,
  createPartnerLink,
  type PartnerLinkContent,
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

const signing = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const encryption = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const ORIGIN = 'https://start.example';

/** Creates a link by this package. @returns what the app reads from it */
async function openInApp(content: PartnerLinkContent) {
  const url = await createPartnerLink(content, {
    origin: ORIGIN,
    signKey: signing.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    encryptionKey: encryption.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  });
  const [page, token = ''] = url.split('#');
  expect(page).toBe(`${ORIGIN}/partner`);
  const keys = { verify: signing.publicKey, decrypt: encryption.privateKey };
  const origins = { audience: ORIGIN, returnOrigins: ['https://shop.example'] };
  return openLink(token, keys, origins, new Date());
}

test('the app opens a link of this package', async () => {
  const returnUrl = 'https://shop.example/a';
  const content = { answers: { firstName: 'Ana' }, lang: 'es', reference: 'order-1', returnUrl } as const;
  expect(await openInApp({ ...content, locked: ['firstName'] })).toMatchObject({
    link: { reference: 'order-1', returnUrl, lang: 'es', locked: ['firstName'] },
  });
});

/** The compiler asks for each name of the type. */
const ANSWER_NAMES: Readonly<Record<AnswerName, true>> = {
  firstName: true,
  middleName: true,
  lastName: true,
  lastName2: true,
  dob: true,
  phoneNumber: true,
  email: true,
  gender: true,
  birthState: true,
  address1: true,
  address2: true,
  address3: true,
  streetNumber: true,
  zipCode: true,
  city: true,
  state: true,
  countryCode: true,
  placeDetail: true,
  latitude: true,
  longitude: true,
  paymentMethodType: true,
  ubnParams: true,
  'ubnParams.number': true,
  addCardParams: true,
  'addCardParams.cardtype': true,
  'addCardParams.nameOnCard': true,
  'addCardParams.country': true,
};
const NAMES = Object.keys(ANSWER_NAMES) as AnswerName[];

/** A value for each answer: the compiler asks for all of them. */
const ALL_ANSWERS: { [Name in keyof Answers]-?: Required<NonNullable<Answers[Name]>> } = {
  firstName: 'Ana',
  middleName: 'Luz',
  lastName: 'Garcia',
  lastName2: 'Ruiz',
  dob: '1990-02-01',
  phoneNumber: '+525512345678',
  email: 'ana@example.com',
  gender: 'Female',
  birthState: 'CDMX',
  address1: 'Calle Dos 10',
  address2: '3',
  address3: 'Benito Juárez',
  streetNumber: 10,
  zipCode: '03800',
  city: 'San Pedro',
  state: 'CDMX',
  countryCode: 'MX',
  placeDetail: '{}',
  latitude: 19.4,
  longitude: '-99.1',
  paymentMethodType: 'UBN',
  ubnParams: { number: '002010077777777771' },
  addCardParams: { cardtype: 'DebitCard', nameOnCard: 'Ana Garcia', country: 'MX' },
};

/** Fields that a link may fill. */
const fields = steps.flatMap(({ fields: names }) => names).filter(isPartnerField);

test('the names of answers are those of the app’s fields and of their groups', () => {
  const names = fields.map((field) => field.replace(/^dob\..*/, 'dob'));
  const groups = names.flatMap((name) => name.match(/^.*(?=\.)/) ?? []);
  expect(NAMES.toSorted()).toEqual([...new Set([...names, ...groups])].toSorted());
});

test('the choices are those of the app', () => {
  type Choice<Name extends keyof Answers> = NonNullable<Answers[Name]>;
  expectTypeOf<Choice<'gender'>>().toEqualTypeOf<NonNullable<SessionLinkRequest['gender']>>();
  expectTypeOf<Choice<'paymentMethodType'>>().toEqualTypeOf<PaymentMethodType>();
  type CardType = NonNullable<SessionLinkRequest['addCardParams']>['cardtype'];
  expectTypeOf<NonNullable<Choice<'addCardParams'>['cardtype']>>().toEqualTypeOf<CardType>();
  expectTypeOf<keyof Answers>().toExtend<keyof SessionLinkRequest>();
});

test('the app opens a link with every answer and every name, and each answer fills its fields', async () => {
  const opened = await openInApp({ answers: ALL_ANSWERS, locked: NAMES, confirm: NAMES });
  expect(opened).toMatchObject({ link: { locked: NAMES, confirm: NAMES } });
  expect([...readPartnerAnswers(ALL_ANSWERS).keys()].toSorted()).toEqual(fields.toSorted());
  // JSON leaves out an answer that is undefined.
  expect(await openInApp({ answers: { email: undefined, ubnParams: { number: undefined } } })).toHaveProperty('link');
});

const REFUSED: PartnerLinkContent[] = [
  // @ts-expect-error: a misspelled name
  { answers: { lastname: 'Garcia' } },
  // @ts-expect-error: an answer that is not known is left out
  { answers: { email: null } },
  // @ts-expect-error: the customer types the number of a card
  { answers: { addCardParams: { number: 'tok_1' } } },
  // @ts-expect-error: a name of another group
  { answers: { ubnParams: { nameOnCard: 'Ana' } } },
  // @ts-expect-error: a misspelled name
  { answers: {}, locked: ['phone'] },
  // @ts-expect-error: no answer of a link
  { answers: {}, confirm: ['addCardParams.securityCode'] },
];
test.each(REFUSED)('what the types refuse, the app refuses: %j', async (content) => {
  expect(await openInApp(content)).toHaveProperty('refused');
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

/** The commands with which an operator makes a key pair. */
const [, KEY_COMMANDS = ''] = /```sh\n([^`]*whpk_[^`]*)```/.exec(readFileSync('docs/operations.md', 'utf8')) ?? [];
const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

/** Runs the commands in a folder of their own. @returns the private and the public key, as they print them */
function createKeyPair(): [string, string] {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-webhook-keys-'));
  try {
    const output = execFileSync('sh', ['-ec', KEY_COMMANDS], { cwd: folder, encoding: 'utf8' });
    const [privateKey = '', publicKey = '', ...others] = output.trim().split('\n');
    expect([privateKey, publicKey]).toEqual([expect.stringMatching(/^whsk_/), expect.stringMatching(/^whpk_/)]);
    expect(others).toEqual([]);
    return [privateKey, publicKey];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

test('docs/operations.md has the commands that make a key pair', () => {
  expect(KEY_COMMANDS).toMatch(/^openssl genpkey -algorithm ed25519/m);
});

test.skipIf(!hasOpenssl)('a key pair of these commands signs and verifies; skipped without openssl', async () => {
  const [[privateKey, ownPublicKey], [, foreignPublicKey]] = [createKeyPair(), createKeyPair()];
  expect(parseSigningKey(privateKey)?.version).toBe('v1a');
  expect(parseSigningKey(ownPublicKey)).toBeUndefined();
  const headers = signBody(privateKey);
  expect(await verifyWebhook({ headers, body: BODY }, [ownPublicKey], NOW)).toEqual(JSON.parse(BODY));
  await expect(verifyWebhook({ headers, body: BODY }, [foreignPublicKey], NOW)).rejects.toThrow(WebhookError);
  await expect(verifyWebhook({ headers, body: `${BODY} ` }, [ownPublicKey], NOW)).rejects.toThrow(WebhookError);
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
