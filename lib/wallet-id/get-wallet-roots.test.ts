import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { beforeEach, expect, test, vi } from 'vitest';
import { makeAuthority } from '../../e2e/support/wallet/issuer-certificates.ts';

const folder = mkdtempSync(join(tmpdir(), 'front-door-roots-'));
const write = (name: string, text: string) => {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
};

beforeEach(() => {
  vi.resetModules();
  for (const [name, value] of Object.entries(parseEnv(readFileSync('.env.example', 'utf8')))) vi.stubEnv(name, value);
  Reflect.deleteProperty(globalThis, Symbol.for('front-door.wallet-roots'));
});

async function readRoots(path: string) {
  vi.stubEnv('WALLET_ID_ROOTS_FILE', path);
  return (await import('./get-wallet-roots.ts')).getWalletRoots();
}

test('a deployment without the file trusts no issuer, and one with it those in it', async () => {
  expect(await readRoots('')).toBeUndefined();
  const { certificate } = await makeAuthority(new Date());
  vi.resetModules();
  expect(await readRoots(write('roots.pem', `${certificate}`))).toHaveLength(1);
});

test.each([
  ['a missing file', '/no/such/file'],
  ['a file without a certificate', write('secret.txt', 'a secret')],
])('%s is an error that names the variable and quotes nothing', async (_name, path) => {
  await expect(readRoots(path)).rejects.toThrow(/: WALLET_ID_ROOTS_FILE$/);
});
