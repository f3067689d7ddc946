import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'front-door-link-keys-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function writeKey(name: string, key: { export: (options: never) => string | Buffer }, type: 'spki' | 'pkcs8'): string {
  const file = join(folder, name);
  writeFileSync(file, key.export({ type, format: 'pem' } as never));
  return file;
}
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const VERIFY_FILE = writeKey('verify.pem', ec.publicKey, 'spki');
const DECRYPT_FILE = writeKey('decrypt.pem', rsa.privateKey, 'pkcs8');
const RSA_PUBLIC_FILE = writeKey('rsa-public.pem', rsa.publicKey, 'spki');
const TEXT_FILE = join(folder, 'secret.txt');
writeFileSync(TEXT_FILE, 'a secret that is no key');

beforeEach(() => {
  vi.resetModules();
  for (const [name, value] of Object.entries(parseEnv(readFileSync('.env.example', 'utf8')))) vi.stubEnv(name, value);
  Reflect.deleteProperty(globalThis, Symbol.for('front-door.link-keys'));
});

async function readKeys(verify: string, decrypt: string) {
  vi.stubEnv('PARTNER_LINK_VERIFY_KEY_FILE', verify);
  vi.stubEnv('PARTNER_LINK_DECRYPT_KEY_FILE', decrypt);
  return (await import('./keys.ts')).getLinkKeys();
}

test('a deployment without key files takes no links', async () => {
  expect(await readKeys('', '')).toBeUndefined();
});

test('the keys are read from their files', async () => {
  const keys = await readKeys(VERIFY_FILE, DECRYPT_FILE);
  expect([keys?.verify.type, keys?.decrypt.type]).toEqual(['public', 'private']);
});

test.each([
  ['a missing file', '/no/such/file', DECRYPT_FILE, 'PARTNER_LINK_VERIFY_KEY_FILE'],
  ['a file that is no key', TEXT_FILE, DECRYPT_FILE, 'PARTNER_LINK_VERIFY_KEY_FILE'],
  ['a key of another kind', RSA_PUBLIC_FILE, DECRYPT_FILE, 'PARTNER_LINK_VERIFY_KEY_FILE'],
  ['a public key where the private one belongs', VERIFY_FILE, RSA_PUBLIC_FILE, 'PARTNER_LINK_DECRYPT_KEY_FILE'],
])('%s is an error that names the variable and quotes nothing', async (_case, verify, decrypt, name) => {
  await expect(readKeys(verify, decrypt)).rejects.toThrow(new RegExp(`: ${name}$`));
});
