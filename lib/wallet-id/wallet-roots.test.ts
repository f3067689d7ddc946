import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { KeyUsageFlags, makeAuthority, makeSigner } from '../../e2e/support/wallet/issuer-certificates.ts';
import { readWalletRoots } from './wallet-roots.ts';

const now = new Date('2026-11-28T12:00:00Z');
const path = join(mkdtempSync(join(tmpdir(), 'roots-')), 'roots.pem');
const readText = (text: string) => {
  writeFileSync(path, text);
  return readWalletRoots(path);
};

test('reads every root of the file, with any text between them', async () => {
  const [first, second] = [await makeAuthority(now), await makeAuthority(now, { country: 'CA' })];
  const roots = readText(`# first\n${first.certificate}\n\n# second\n${second.certificate}\n`);
  expect(roots.map((root) => root.publicKey.asymmetricKeyType)).toEqual(['ec', 'ec']);
});

test('an expired root does not stop the boot: its documents are refused one by one', async () => {
  const expired = await makeAuthority(now, { notAfter: new Date('2026-11-01T00:00:00Z') });
  expect(readText(`${expired.certificate}`)).toHaveLength(1);
});

test('refuses a missing or empty file, a broken certificate, and one that is no root', async () => {
  const authority = await makeAuthority(now);
  const signer = await makeSigner(authority, now);
  const weak = await makeAuthority(now, { usages: KeyUsageFlags.digitalSignature });
  expect(() => readWalletRoots(`${path}.missing`)).toThrow();
  expect(() => readText('')).toThrow('no certificate');
  expect(() => readText(`${authority.certificate}`.replace('MI', 'MA'))).toThrow();
  expect(() => readText(`${authority.certificate}\n${signer.certificate}`)).toThrow('not a root certificate');
  expect(() => readText(`${weak.certificate}`)).toThrow('not a root certificate');
});
