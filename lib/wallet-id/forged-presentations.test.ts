import { beforeAll, expect, test } from 'vitest';
import { Extension, KeyUsageFlags, makeAuthority, makeSigner } from '../../e2e/support/wallet/issuer-certificates.ts';
import { LICENCE, type PresentationOptions } from '../../e2e/support/wallet/present-document.ts';
import { makeWalletSession, toRoot } from '../../e2e/support/wallet/wallet-session.ts';
import { verifyPresentation } from './verify-presentation.ts';
import type { WalletRefusal } from './wallet-refusal.ts';

const DAY_MS = 86_400_000;

let session: Awaited<ReturnType<typeof makeWalletSession>>;
beforeAll(async () => {
  session = await makeWalletSession();
});

type Options = Partial<PresentationOptions>;
type Forgery = [name: string, kind: WalletRefusal, options: () => Options | Promise<Options>];
const inDays = (days: number) => new Date(session.now.getTime() + days * DAY_MS);
const withSigner = async (options: Parameters<typeof makeSigner>[2]) => ({
  signer: await makeSigner(session.authority, session.now, options),
});

const SIGNED_FORGERIES: Forgery[] = [
  ['another nonce', 'device-signature', () => ({ nonce: 'x'.repeat(43) })],
  ['no nonce', 'device-signature', () => ({ nonce: '' })],
  ['another origin', 'device-signature', () => ({ origin: 'https://evil.example.com' })],
  ['our origin with another port', 'device-signature', () => ({ origin: `https://start.example.com:8443` })],
  ['our origin with a slash', 'device-signature', () => ({ origin: `https://start.example.com/` })],
  ['the origin as a client id', 'device-signature', () => ({ origin: 'origin:https://start.example.com' })],
  ['another device', 'device-signature', () => ({ isOtherDevice: true })],
  [
    'an unknown issuer',
    'issuer-unknown',
    async () => ({ signer: await makeSigner(await makeAuthority(session.now), session.now) }),
  ],
  ['a root of the same name', 'issuer-unknown', async () => ({ signer: await makeAuthority(session.now) })],
  ['the root itself', 'issuer-purpose', () => ({ signer: session.authority })],
  ['no certificate', 'issuer-unknown', () => ({ chain: [Buffer.alloc(0)] })],
  ['a certificate that is none', 'issuer-unknown', () => ({ chain: [Buffer.from('certificate')] })],
  [
    'a truncated certificate',
    'issuer-unknown',
    () => ({ chain: [Buffer.from(session.signer.certificate.rawData).subarray(0, -1)] }),
  ],
  [
    'a chain of four',
    'issuer-unknown',
    () => ({ chain: Array(4).fill(new Uint8Array(session.signer.certificate.rawData)) }),
  ],
  [
    'the certificate of another signer',
    'issuer-signature',
    async () => {
      const { certificate } = await makeSigner(session.authority, session.now);
      return { chain: [new Uint8Array(certificate.rawData)] };
    },
  ],
  [
    'a signer below a signer',
    'issuer-unknown',
    async () => {
      const below = await makeSigner(session.signer, session.now);
      return {
        signer: below,
        chain: [below, session.signer].map(({ certificate }) => new Uint8Array(certificate.rawData)),
      };
    },
  ],
  ['an expired signer', 'issuer-expired', () => withSigner({ notAfter: inDays(-0.001) })],
  ['a signer of tomorrow', 'issuer-expired', () => withSigner({ notBefore: inDays(1) })],
  [
    'a signer that may sign certificates, too',
    'issuer-purpose',
    () => withSigner({ usages: KeyUsageFlags.digitalSignature | KeyUsageFlags.keyCertSign }),
  ],
  ['a signer for encryption', 'issuer-purpose', () => withSigner({ usages: KeyUsageFlags.keyEncipherment })],
  ['a signer without a purpose', 'issuer-purpose', () => withSigner({ purposes: [] })],
  ['a web server', 'issuer-purpose', () => withSigner({ purposes: ['1.3.6.1.5.5.7.3.1'] })],
  ['a reader', 'issuer-purpose', () => withSigner({ purposes: ['1.0.18013.5.1.6'] })],
  ['a signer that is an authority', 'issuer-purpose', () => withSigner({ isAuthority: true })],
  ['a signer of another country', 'issuer-purpose', () => withSigner({ country: 'MX' })],
  ['a signer without a country', 'issuer-purpose', () => withSigner({ country: '' })],
  [
    'a signer with an unknown critical extension',
    'issuer-purpose',
    () => withSigner({ extensions: [new Extension('1.2.3.4', true, Buffer.from([5, 0]))] }),
  ],
  ['a signature of the certificate with SHA-1', 'issuer-purpose', () => withSigner({ hash: 'SHA-1' })],
  ['a document of tomorrow', 'not-yet-valid', () => ({ validity: { validFrom: 1 } })],
  ['a document that is signed tomorrow', 'not-yet-valid', () => ({ validity: { signed: 1 } })],
  ['an expired document', 'expired', () => ({ validity: { validUntil: -0.001 } })],
  ['a document from before its signer', 'signed-outside-certificate', () => ({ validity: { signed: -31 } })],
  ['a foreign document type', 'document-type', () => ({ docType: 'eu.europa.ec.eudi.pid.1' })],
  ['an ID pass as a licence', 'document-type', () => ({ docType: 'com.google.wallet.idcard.1' })],
  ['a licence as an ID pass', 'document-type', () => ({ credentialId: 'idpass' })],
  ['the country of another issuer', 'country', () => ({ elements: { ...LICENCE, issuing_country: 'CA' } })],
  ['an algorithm that does not go with the key', 'algorithm', () => ({ issuerAlgorithm: -35 })],
  ['EdDSA', 'algorithm', () => ({ issuerAlgorithm: -8 })],
  ['RSA', 'algorithm', () => ({ issuerAlgorithm: -257 })],
];

test.each(SIGNED_FORGERIES)('refuses a presentation with %s: %s', async (_name, kind, options) => {
  const response = await session.present(await options());
  const result = await verifyPresentation({ response, ...session.expected });
  expect(result).toEqual({ kind: 'refused', refusal: kind });
});

test('refuses a document of an expired root', async () => {
  const expired = await makeAuthority(session.now, { notAfter: inDays(-1) });
  const response = await session.present({ signer: await makeSigner(expired, session.now) });
  const result = await verifyPresentation({ response, ...session.expected, roots: [toRoot(expired)] });
  expect(result).toEqual({ kind: 'refused', refusal: 'issuer-expired' });
});
