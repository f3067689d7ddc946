import { X509Certificate } from 'node:crypto';
import { getSubjectCountry, isDocumentSigner } from './certificate-purpose.ts';
import { requireThat } from './wallet-refusal.ts';
import type { WalletRoot } from './wallet-roots.ts';

/** A chain has the signer's certificate; some issuers add the root. */
const MAX_CHAIN_LENGTH = 3;

/**
 * Returns the certificate that signed a document, once a configured root has signed it. ISO/IEC 18013-5, 9.3.3 and B.1: the root
 * signs it directly, so the rest of the chain is not read.
 *
 * @param chain `x5chain` of the document, DER
 * @throws WalletRefusedError
 */
export function verifyDocumentSigner(
  chain: readonly Uint8Array[],
  roots: readonly WalletRoot[],
  now: Date,
): X509Certificate {
  const [der] = chain;
  requireThat(der instanceof Uint8Array && chain.length <= MAX_CHAIN_LENGTH, 'issuer-unknown');
  const signer = parseCertificate(der);
  const root = signer && roots.find((candidate) => hasSigned(candidate, signer));
  requireThat(root, 'issuer-unknown');
  requireThat(isValidAt(signer, now) && isValidAt(root, now), 'issuer-expired');
  requireThat(isDocumentSigner(signer), 'issuer-purpose');
  const country = getSubjectCountry(signer);
  requireThat(country !== undefined && country === getSubjectCountry(root), 'issuer-purpose');
  return signer;
}

function parseCertificate(der: Uint8Array): X509Certificate | undefined {
  try {
    return new X509Certificate(der);
  } catch {
    return undefined;
  }
}

const hasSigned = (root: WalletRoot, certificate: X509Certificate) =>
  certificate.checkIssued(root) && certificate.verify(root.publicKey);

/** Returns whether a certificate is valid at a time. */
const isValidAt = ({ validFromDate, validToDate }: X509Certificate, at: Date) =>
  validFromDate <= at && at <= validToDate;
