import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parseEnv as parseFile } from 'node:util';
import { describe, expect, test } from 'vitest';
import { parseEnv } from './env-schema.ts';

const example = parseFile(readFileSync('.env.example', 'utf8')) as Record<string, string>;
const live = {
  ...example,
  APP_ENV: 'live',
  OIDC_ISSUER: 'https://login.example',
  APP_ORIGIN: 'https://start.example',
  RAAS_BASE_URL: 'https://raas.example/v1',
  RAAS_LINK_HOSTS: 'links.example',
  GOOGLE_MAPS_API_URL: '',
  VGS_ENVIRONMENT: 'live',
  VGS_COLLECT_URL: '',
  VGS_COLLECT_INTEGRITY: 'sha384-abc',
  DATA_KEY: randomBytes(32).toString('base64'),
  RAAS_API_KEY: 'a-key-of-the-partner',
  GOOGLE_MAPS_API_KEY: 'a-key-of-the-partner',
  OIDC_CLIENT_SECRET: 'a-secret-of-the-partner',
};
const findProblems = (source: Record<string, string | undefined>) => {
  const result = parseEnv(source);
  return 'problems' in result ? result.problems : [];
};

test('.env.example is valid and lists every variable', () => {
  expect(findProblems(example)).toEqual([]);
  const schemas = ['env-schema', 'limits-schema'].map((name) => readFileSync(`lib/config/${name}.ts`, 'utf8')).join();
  const names = [...schemas.matchAll(/^ {2}([A-Z][A-Z0-9_]+): /gm)].map(([, name]) => name);
  expect(names.sort()).toEqual(Object.keys(example).sort());
});

test('a complete live environment is accepted', () => {
  expect(findProblems(live)).toEqual([]);
});

test.each(['APP_ENV', 'APP_ORIGIN', 'DATA_KEY', 'RAAS_BASE_URL', 'RAAS_API_KEY', 'RAAS_LINK_HOSTS'])(
  'without %s the server does not start, and the message names it',
  (name) => {
    expect(findProblems({ ...example, [name]: undefined })).toEqual([name]);
    expect(findProblems({ ...example, [name]: '' })).toEqual([name]);
  },
);

test.each([
  ['APP_ORIGIN', 'http://localhost:3000/'],
  ['DATA_KEY', 'c2hvcnQ='],
  ['DATA_KEY', `a:${Buffer.alloc(32).toString('base64')},a:${Buffer.alloc(32).toString('base64')}`],
  ['DATA_KEY', `a:${Buffer.alloc(32).toString('base64')},`],
  ['HASH_KEY', 'c2hvcnQ='],
  ['HASH_KEY', `a:${Buffer.alloc(32).toString('base64')},b:${Buffer.alloc(32, 1).toString('base64')}`],
  ['RAAS_BASE_URL', 'http://127.0.0.1:4010'],
  ['RAAS_API_KEY', 'two words'],
  ['RAAS_LINK_HOSTS', 'https://links.example'],
  ['RAAS_LINK_HOSTS', 'links.example/path'],
  ['PARTNER_RETURN_ORIGINS', 'https://shop.example/'],
  ['PARTNER_RETURN_ORIGINS', 'https://shop.example,http://shop.example'],
  ['PARTNER_RETURN_ORIGINS', 'https://*.shop.example'],
  ['PARTNER_RETURN_ORIGINS', 'https://shop.example,'],
  ['PARTNER_API_KEYS', 'a-short-key'],
  ['PARTNER_API_KEYS', `${'k'.repeat(32)},`],
  ['PARTNER_API_KEYS', 'a key with spaces, of enough characters'],
  ['RAAS_COUNTRY', 'Mexico'],
  ['PARTNER_TIME_ZONE', 'Mexico'],
  ['VGS_COLLECT_VERSION', 'canary'],
  ['DATABASE_URL', 'mysql://x'],
  ['DATABASE_URL', 'postgres://one:5432,two:x/app'],
  ['DATABASE_URL', 'postgres://one,two/app?target_session_attrs=standby'],
  ['DATABASE_POOL_SIZE', '0'],
  ['DATABASE_CONNECT_MS', '50'],
  ['DATABASE_QUERY_MS', '1s'],
  ['RAAS_BASE_URL', 'https://raas.example/v1'],
  ['RAAS_TOTAL_MS', 'soon'],
  ['BREAKER_PERCENT', '101'],
  ['BREAKER_PERCENT', '0'],
  ['RAAS_HEADERS_MS', '2000'],
  ['SUBMISSION_LEASE_MS', '15000'],
  ['SUBMISSION_HOLD_MS', '900000'],
  ['DRAIN_MS', '15000'],
])('%s=%s is wrong in the local environment', (name, value) => {
  expect(findProblems({ ...example, [name]: value })).toEqual([name]);
});

test.each([
  ['APP_ORIGIN', 'http://start.example'],
  ['APP_ORIGIN', 'https://localhost'],
  ['RAAS_BASE_URL', 'http://raas.example/v1'],
  ['RAAS_BASE_URL', 'https://127.0.0.1/v1'],
  ['RAAS_LINK_HOSTS', 'links.example,127.0.0.1:4011'],
  ['GOOGLE_MAPS_API_URL', 'https://maps.example'],
  ['VGS_COLLECT_URL', 'https://vgs.example'],
  ['VGS_ENVIRONMENT', 'sandbox'],
  ['VGS_COLLECT_INTEGRITY', ''],
])('%s=%s is refused in live', (name, value) => {
  expect(findProblems({ ...live, [name]: value })).toEqual([name]);
});

test('settings that belong together are required together', () => {
  expect(findProblems({ ...live, RAAS_CLIENT_P12_FILE: 'client.p12' })).toEqual([]);
  expect(findProblems({ ...example, RAAS_CLIENT_P12_FILE: 'client.p12' })).toEqual(['RAAS_BASE_URL']);
  expect(findProblems({ ...example, RAAS_CLIENT_P12_PASSPHRASE: 'x' })).toEqual(['RAAS_CLIENT_P12_FILE']);
  expect(findProblems({ ...example, RAAS_REQUEST4R_ENCRYPT_KEY_FILE: 'a' })).toEqual([
    'RAAS_REQUEST4R_DECRYPT_KEY_FILE',
  ]);
  expect(findProblems({ ...example, RAAS_REQUEST4R_DECRYPT_KEY_FILE: 'a' })).toEqual([
    'RAAS_REQUEST4R_ENCRYPT_KEY_FILE',
  ]);
  expect(findProblems({ ...example, OIDC_CLIENT_SECRET: '' })).toEqual(['OIDC_CLIENT_SECRET']);
  expect(findProblems({ ...example, OIDC_ISSUER: '', OIDC_CLIENT_ID: '', OIDC_CLIENT_SECRET: '' })).toEqual([]);
  expect(findProblems({ ...live, OIDC_ISSUER: 'http://login.example' })).toEqual(['OIDC_ISSUER']);
  expect(findProblems({ ...example, PARTNER_LINK_VERIFY_KEY_FILE: 'a' })).toEqual(['PARTNER_LINK_DECRYPT_KEY_FILE']);
});

describe('the pages that may frame the journey', () => {
  test.each(['https://www.partner.example', 'https://a.example, https://b.example:8443'])(
    '%s is accepted in local and in live',
    (list) => {
      for (const env of [example, live]) expect(findProblems({ ...env, EMBED_ORIGINS: list })).toEqual([]);
    },
  );

  test.each([
    '*',
    'https://*.partner.example',
    'https://partner.example/',
    'https://partner.example/page',
    'http://partner.example',
    'partner.example',
    'https://partner.example;script-src',
    "https://partner.example'",
    'https://user@partner.example',
    'HTTPS://partner.example',
    'https://a.example,',
    'https://a.example https://b.example',
    'null',
    "'self'",
    'data:',
  ])('%s stops the boot', (list) => {
    expect(findProblems({ ...example, EMBED_ORIGINS: list })).toEqual(['EMBED_ORIGINS']);
  });

  test('a page of this machine is accepted in `local` alone', () => {
    expect(findProblems({ ...example, EMBED_ORIGINS: 'http://127.0.0.1:4040' })).toEqual([]);
    for (const origin of ['http://127.0.0.1:4040', 'https://localhost'])
      expect(findProblems({ ...live, EMBED_ORIGINS: origin })).toContain('EMBED_ORIGINS');
  });
});

test('several data keys need a hash key, so that the removal of a data key changes no hash', () => {
  const [newKey, oldKey] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];
  const keys = `new:${newKey},old:${oldKey}`;
  expect(findProblems({ ...example, DATA_KEY: keys })).toEqual(['HASH_KEY']);
  for (const hash of [oldKey, `old:${oldKey}`])
    expect(findProblems({ ...example, DATA_KEY: keys, HASH_KEY: hash })).toEqual([]);
});

test('problems name variables and contain no value', () => {
  const result = parseEnv({ ...example, RAAS_API_KEY: 'very secret', DATA_KEY: 'very secret' });
  expect(JSON.stringify(result)).not.toContain('secret');
});

describe('outside local', () => {
  const sandbox = { ...live, APP_ENV: 'sandbox', VGS_ENVIRONMENT: 'sandbox' };
  const encodeKey = (bytes: readonly number[]) => Buffer.from(bytes).toString('base64');
  const createBytes = (step: number) => Array.from({ length: 32 }, (_, index) => (index * step) % 256);

  test.each(Object.entries(example).filter(([name, value]) => /_(KEY|SECRET|PASSPHRASE)$/.test(name) && value !== ''))(
    '%s of the example is refused',
    (name, value) => {
      expect(findProblems({ ...live, [name]: value })).toEqual([name]);
      expect(findProblems({ ...sandbox, [name]: value })).toEqual([name]);
    },
  );

  test.each([
    ['zeros', encodeKey(Array(32).fill(0))],
    ['one byte', encodeKey(Array(32).fill(0xa7))],
    ['two bytes in turn', encodeKey(createBytes(128))],
    ['ascending bytes', encodeKey(createBytes(1))],
    ['steps of seven', encodeKey(createBytes(7))],
    ['text', Buffer.from('correct horse battery staple 123').toString('base64')],
    ['hexadecimal text', Buffer.from('0123456789abcdef0123456789abcdef').toString('base64')],
  ])('a key of %s is refused, as the active data key and as the hash key', (_what, weak) => {
    expect(findProblems({ ...live, DATA_KEY: weak })).toEqual(['DATA_KEY']);
    expect(findProblems({ ...live, HASH_KEY: weak })).toEqual(['HASH_KEY']);
    const strong = randomBytes(32).toString('base64');
    // A rotation away from the weak key needs both: the new key in front, until every row is encrypted with it.
    expect(findProblems({ ...live, DATA_KEY: `new:${strong},old:${weak}`, HASH_KEY: strong })).toEqual([]);
  });

  test('random keys are accepted', () => {
    for (let run = 0; run < 2_000; run += 1) {
      expect(findProblems({ ...live, DATA_KEY: randomBytes(32).toString('base64') })).toEqual([]);
    }
  });

  test.each([
    ['postgres://app:x@db.example/app', false],
    ['postgres://app:x@db.example/app?sslmode=disable', false],
    ['postgres://app:x@db.example/app?sslmode=no-verify', false],
    ['postgres://app:x@db.example/app?sslmode=require', false],
    ['postgres://app:x@db.example/app?ssl=true', false],
    ['postgres://app:x@db.example/app?sslmode=verify-full&ssl=false', false],
    ['postgres://app:x@db.example/app?sslmode=verify-full&sslmode=disable', false],
    ['postgres://app:x@localhost/app?host=db.example', false],
    ['postgres://app:x@10.0.0.5/app', false],
    ['postgres://app:x@localhost.example/app', false],
    ['postgres://app:x@db.example/app?sslmode=verify-full', true],
    ['postgres://app:x@localhost,db.example/app', false],
    ['postgres://app:x@one.example:5432,two.example/app?sslmode=verify-full', true],
    ['postgres://app:x@localhost/app', true],
    ['postgres://app:x@127.0.0.1:5433/app', true],
    ['postgres://app:x@[::1]/app', true],
    ['postgres://app:x@localhost/app?host=/var/run/postgresql', true],
  ])('%s in live is accepted: %s', (url, isAccepted) => {
    expect(findProblems({ ...live, DATABASE_URL: url })).toEqual(isAccepted ? [] : ['DATABASE_URL']);
  });

  test('NODE_TLS_REJECT_UNAUTHORIZED=0 is refused', () => {
    expect(findProblems({ ...live, NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toEqual(['NODE_TLS_REJECT_UNAUTHORIZED']);
    expect(findProblems({ ...example, NODE_TLS_REJECT_UNAUTHORIZED: '0' })).toEqual([]);
  });
});
