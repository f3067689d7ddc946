import 'reflect-metadata';
import * as x509 from '@peculiar/x509';

export { Extension, KeyUsageFlags } from '@peculiar/x509';

const EC_P256 = { name: 'ECDSA', namedCurve: 'P-256' };
const DAY_MS = 86_400_000;

/** The purpose of a document signer's certificate (ISO/IEC 18013-5, B.1.4). */
const MDL_DOCUMENT_SIGNER = '1.0.18013.5.1.2';

export type TestCertificate = { certificate: x509.X509Certificate; keys: CryptoKeyPair };

type CertificateOptions = {
  country?: string;
  name?: string;
  notBefore?: Date;
  notAfter?: Date;
  usages?: x509.KeyUsageFlags;
  purposes?: string[];
  isAuthority?: boolean;
  curve?: string;
  hash?: string;
  extensions?: x509.Extension[];
};

const makeKeys = (namedCurve = 'P-256') =>
  crypto.subtle.generateKey({ ...EC_P256, namedCurve }, true, ['sign', 'verify']);

const toSubject = ({ country = 'US', name = 'Test' }: CertificateOptions) => `${country && `C=${country}, `}CN=${name}`;

function toLife({ notBefore, notAfter }: CertificateOptions, now: Date) {
  return {
    notBefore: notBefore ?? new Date(now.getTime() - 30 * DAY_MS),
    notAfter: notAfter ?? new Date(now.getTime() + 300 * DAY_MS),
  };
}

/** Makes a certificate authority of an issuer, signed by itself. */
export async function makeAuthority(now: Date, options: CertificateOptions = {}): Promise<TestCertificate> {
  const keys = await makeKeys(options.curve);
  const certificate = await x509.X509CertificateGenerator.createSelfSigned({
    name: toSubject({ name: 'Test authority', ...options }),
    keys,
    ...toLife(options, now),
    signingAlgorithm: { name: 'ECDSA', hash: options.hash ?? 'SHA-256' },
    extensions: [
      new x509.BasicConstraintsExtension(options.isAuthority ?? true, undefined, true),
      new x509.KeyUsagesExtension(options.usages ?? x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
    ],
  });
  return { certificate, keys };
}

/** Makes the certificate that signs documents. */
export async function makeSigner(
  authority: TestCertificate,
  now: Date,
  options: CertificateOptions = {},
): Promise<TestCertificate> {
  const keys = await makeKeys(options.curve);
  const purposes = options.purposes ?? [MDL_DOCUMENT_SIGNER];
  const certificate = await x509.X509CertificateGenerator.create({
    subject: toSubject({ name: 'Test signer', ...options }),
    issuer: authority.certificate.subject,
    publicKey: keys.publicKey,
    signingKey: authority.keys.privateKey,
    ...toLife(options, now),
    signingAlgorithm: { name: 'ECDSA', hash: options.hash ?? 'SHA-256' },
    extensions: [
      ...(options.isAuthority ? [new x509.BasicConstraintsExtension(true, undefined, true)] : []),
      new x509.KeyUsagesExtension(options.usages ?? x509.KeyUsageFlags.digitalSignature, true),
      ...(purposes.length > 0 ? [new x509.ExtendedKeyUsageExtension(purposes, true)] : []),
      ...(options.extensions ?? []),
    ],
  });
  return { certificate, keys };
}
