import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { APPLICATION_EVENT_TYPES } from '../domain/events/application-event.ts';

const folder = mkdtempSync(join(tmpdir(), 'front-door-endpoints-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const secret = `whsec_${randomBytes(32).toString('base64')}`;
const good = { name: 'crm', url: 'https://hooks.example.com/a', secrets: [secret] };
const OUTSIDE_LOCAL = {
  APP_ENV: 'sandbox',
  APP_ORIGIN: 'https://start.example.com',
  RAAS_BASE_URL: 'https://api.example.com/v1',
  RAAS_LINK_HOSTS: 'links.example.com',
  RAAS_API_KEY: randomBytes(16).toString('hex'),
  DATA_KEY: `a:${randomBytes(32).toString('base64')}`,
  HASH_KEY: randomBytes(32).toString('base64'),
  VGS_COLLECT_URL: '',
  GOOGLE_MAPS_API_URL: '',
  GOOGLE_MAPS_API_KEY: '',
  OIDC_ISSUER: '',
  OIDC_CLIENT_ID: '',
  OIDC_CLIENT_SECRET: '',
};

beforeEach(() => {
  vi.resetModules();
  for (const [name, value] of Object.entries(parseEnv(readFileSync('.env.example', 'utf8')))) vi.stubEnv(name, value);
  Reflect.deleteProperty(globalThis, Symbol.for('front-door.webhook-endpoints'));
});

async function readEndpoints(content: unknown, env: Readonly<Record<string, string>> = OUTSIDE_LOCAL) {
  const file = join(folder, 'webhooks.json');
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  for (const [name, value] of Object.entries({ ...env, WEBHOOKS_FILE: file })) vi.stubEnv(name, value);
  return (await import('./endpoints.ts')).getWebhookEndpoints();
}

test('without a file there is no endpoint', async () => {
  expect((await import('./endpoints.ts')).getWebhookEndpoints()).toEqual([]);
});

test('an endpoint without types gets all of them', async () => {
  const [crm, books] = await readEndpoints({
    endpoints: [good, { ...good, name: 'books', types: ['application.refused'], secrets: [secret, secret] }],
  });
  expect(crm).toMatchObject({ name: 'crm', url: new URL(good.url), types: APPLICATION_EVENT_TYPES });
  expect([crm?.keys.length, books?.keys.length, books?.types]).toEqual([1, 2, ['application.refused']]);
});

test.each([
  ['no JSON', '{', /WEBHOOKS_FILE$/],
  ['no endpoints', {}, /WEBHOOKS_FILE \(endpoints\)/],
  ['an unknown entry', { endpoints: [{ ...good, secret }] }, /WEBHOOKS_FILE \(endpoints\.0\)/],
  ['a bad name', { endpoints: [{ ...good, name: 'Crm' }] }, /endpoints\.0\.name/],
  ['a name twice', { endpoints: [good, good] }, /WEBHOOKS_FILE \(names\)/],
  ['no secret', { endpoints: [{ ...good, secrets: [] }] }, /endpoints\.0\.secrets/],
  ['a weak secret', { endpoints: [good, { ...good, secrets: ['whsec_aaaa'] }] }, /endpoints\.1\.secrets\.0/],
  ['an unknown type', { endpoints: [{ ...good, types: ['application.begun'] }] }, /endpoints\.0\.types\.0/],
  ['no address', { endpoints: [{ ...good, url: 'hooks' }] }, /endpoints\.0\.url/],
  ['plain http', { endpoints: [{ ...good, url: 'http://hooks.example.com' }] }, /endpoints\.0\.url/],
  ['another scheme', { endpoints: [{ ...good, url: 'ftp://hooks.example.com' }] }, /endpoints\.0\.url/],
  ['a password', { endpoints: [{ ...good, url: 'https://a:b@hooks.example.com' }] }, /endpoints\.0\.url/],
  ['this machine', { endpoints: [{ ...good, url: 'https://localhost/a' }] }, /endpoints\.0\.url/],
  ['a private address', { endpoints: [{ ...good, url: 'https://10.0.0.1/a' }] }, /endpoints\.0\.url/],
  ['a mapped address', { endpoints: [{ ...good, url: 'https://[::ffff:10.0.0.1]/a' }] }, /endpoints\.0\.url/],
])('%s stops the boot with the place, and no secret', async (_name, content, message) => {
  const error = await readEndpoints(content).catch((problem: unknown) => problem);
  expect(String(error)).toMatch(message);
  expect(String(error)).not.toContain(secret);
});

test('a file that is not there stops the boot with the variable', async () => {
  vi.stubEnv('WEBHOOKS_FILE', join(folder, 'none.json'));
  const { getWebhookEndpoints } = await import('./endpoints.ts');
  expect(() => getWebhookEndpoints()).toThrow(/WEBHOOKS_FILE$/);
});

test('local reaches this machine alone', async () => {
  const local = { ...good, url: 'http://127.0.0.1:9999/hooks' };
  expect(await readEndpoints({ endpoints: [local] }, {})).toHaveLength(1);
});

test('local reaches no other machine', async () => {
  await expect(readEndpoints({ endpoints: [good] }, {})).rejects.toThrow(/endpoints\.0\.url/);
});
