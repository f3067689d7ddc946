import type { X509Certificate } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  BasicConstraints,
  Certificate,
  id_ce_basicConstraints,
  id_ce_keyUsage,
  KeyUsage,
  KeyUsageFlags,
} from '@peculiar/asn1-x509';

/** The extended key usage of a document signer's certificate (ISO/IEC 18013-5, B.1.4). */
const MDL_DOCUMENT_SIGNER = '1.0.18013.5.1.2';

/** ECDSA with SHA-256, 384 or 512 (ISO/IEC 18013-5, B.3; RFC 5758, 3.2). */
const ALLOWED_SIGNATURES = ['1.2.840.10045.4.3.2', '1.2.840.10045.4.3.3', '1.2.840.10045.4.3.4'];

/** The extensions of the profile. A reader refuses a certificate with another critical one (RFC 5280, 4.2). */
const KNOWN_EXTENSIONS = ['14', '15', '18', '19', '31', '35', '37'].map((arc) => `2.5.29.${arc}`);

const parse = (certificate: X509Certificate): Certificate => AsnConvert.parse(certificate.raw, Certificate);

const findExtension = ({ tbsCertificate }: Certificate, id: string) =>
  tbsCertificate.extensions?.find(({ extnID }) => extnID === id)?.extnValue;

/** Reads the extension that Node's `X509Certificate` does not show. */
function readKeyUsages(certificate: Certificate): number {
  const value = findExtension(certificate, id_ce_keyUsage);
  return value ? AsnConvert.parse(value, KeyUsage).toNumber() : 0;
}

/** Node's `ca` is false for an authority whose key usage forbids it to sign certificates. */
function isAuthority(certificate: Certificate): boolean {
  const value = findExtension(certificate, id_ce_basicConstraints);
  return value !== undefined && AsnConvert.parse(value, BasicConstraints).cA;
}

export const canSignCertificates = (certificate: X509Certificate): boolean =>
  certificate.ca && (readKeyUsages(parse(certificate)) & KeyUsageFlags.keyCertSign) !== 0;

/** Returns whether a certificate may sign documents: the profile of ISO/IEC 18013-5, B.1.4, as far as it protects a reader. */
export function isDocumentSigner(certificate: X509Certificate): boolean {
  const parsed = parse(certificate);
  const { extensions = [] } = parsed.tbsCertificate;
  return (
    !isAuthority(parsed) &&
    // Node calls the extended key usage so.
    certificate.keyUsage?.length === 1 &&
    certificate.keyUsage[0] === MDL_DOCUMENT_SIGNER &&
    readKeyUsages(parsed) === KeyUsageFlags.digitalSignature &&
    ALLOWED_SIGNATURES.includes(parsed.signatureAlgorithm.algorithm) &&
    [...extensions].every(({ critical, extnID }) => !critical || KNOWN_EXTENSIONS.includes(extnID))
  );
}

/** `id-at-countryName` (RFC 5280, appendix A). */
const COUNTRY_NAME = '2.5.4.6';

/** Returns the country of a certificate's subject, which ISO/IEC 18013-5 requires. */
export function getSubjectCountry(certificate: X509Certificate): string | undefined {
  const names = parse(certificate).tbsCertificate.subject.flat();
  return names.find(({ type }) => type === COUNTRY_NAME)?.value.toString();
}
