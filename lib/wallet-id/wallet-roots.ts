import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { canSignCertificates } from './certificate-purpose.ts';

/** A certificate authority of an issuer (IACA, ISO/IEC 18013-5, B.1.2) that the operator trusts. */
export type WalletRoot = X509Certificate;

const PEM_BLOCK = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Reads the trusted roots, one PEM block each.
 *
 * @throws when the file cannot be read, has no certificate, or has one that may not sign certificates
 */
export function readWalletRoots(path: string): readonly [WalletRoot, ...WalletRoot[]] {
  const [first, ...more] = (readFileSync(path, 'utf8').match(PEM_BLOCK) ?? []).map(parseRoot);
  if (!first) throw new Error('no certificate');
  return [first, ...more];
}

function parseRoot(pem: string): WalletRoot {
  const root = new X509Certificate(pem);
  const isRoot = root.checkIssued(root) && root.verify(root.publicKey) && canSignCertificates(root);
  if (!isRoot) throw new Error('not a root certificate');
  return root;
}
