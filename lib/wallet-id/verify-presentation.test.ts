import { createHash } from 'node:crypto';
import { SessionTranscript } from '@owf/mdoc';
import { beforeAll, expect, test } from 'vitest';
import { makeAuthority, makeSigner } from '../../e2e/support/wallet/issuer-certificates.ts';
import { LICENCE, type PresentationOptions } from '../../e2e/support/wallet/present-document.ts';
import { makeWalletSession, toRoot } from '../../e2e/support/wallet/wallet-session.ts';
import { verifyPresentation } from './verify-presentation.ts';

const ELEMENTS = { ...LICENCE, birth_date: '1987-06-24' };

let session: Awaited<ReturnType<typeof makeWalletSession>>;
beforeAll(async () => {
  session = await makeWalletSession();
});

async function presentAndVerify(options: Partial<PresentationOptions> = {}, issuer = session.authority) {
  const response = await session.present(options);
  return verifyPresentation({ response, ...session.expected, roots: [toRoot(issuer)] });
}

test('reads the elements of a driving licence, and of an ID pass', async () => {
  expect(await presentAndVerify()).toEqual({ kind: 'verified', elements: ELEMENTS });
  const docType = 'com.google.wallet.idcard.1';
  const expected = { kind: 'verified', elements: ELEMENTS };
  expect(await presentAndVerify({ docType, credentialId: 'idpass' })).toEqual(expected);
});

test.each<[string, Partial<PresentationOptions>]>([
  ['SHA-384', { digestAlgorithm: 'SHA-384' }],
  ['SHA-512', { digestAlgorithm: 'SHA-512' }],
  ['a device key on P-384', { deviceCurve: 'P-384' }],
  ['a device key on P-521', { deviceCurve: 'P-521' }],
  ['the fully specified name of ES256 (RFC 9864)', { issuerAlgorithm: -9 }],
  ['a document that becomes valid at this moment', { validity: { validFrom: 0 } }],
  ['a document whose last moment this is', { validity: { validUntil: 0 } }],
])('accepts %s', async (_name, options) => {
  expect(await presentAndVerify(options)).toEqual({ kind: 'verified', elements: ELEMENTS });
});

test('accepts an issuer with keys on P-384 and the root at the end of its chain', async () => {
  const large = await makeAuthority(session.now, { curve: 'P-384', hash: 'SHA-384' });
  const largeSigner = await makeSigner(large, session.now, { curve: 'P-384', hash: 'SHA-384' });
  const chain = [largeSigner, large].map(({ certificate }) => new Uint8Array(certificate.rawData));
  const result = await presentAndVerify({ signer: largeSigner, signerCurve: 'P-384', chain }, large);
  expect(result.kind).toBe('verified');
});

test('returns what the holder shows and what the form asks for, and nothing else', async () => {
  const elements = { ...LICENCE, document_number: 'D1234567', issuing_country: 'US', portrait: Buffer.alloc(2_000) };
  expect(await presentAndVerify({ elements })).toEqual({ kind: 'verified', elements: ELEMENTS });
  const shown = ['given_name', 'family_name'];
  const { given_name, family_name } = LICENCE;
  expect(await presentAndVerify({ shown })).toEqual({ kind: 'verified', elements: { given_name, family_name } });
});

test('keeps every letter of a name', async () => {
  const elements = { ...LICENCE, given_name: 'Begoña Zoë', family_name: 'Ñáñez O’Neill-Łuć' };
  const result = await presentAndVerify({ elements });
  expect(result).toMatchObject({ elements: { given_name: 'Begoña Zoë', family_name: 'Ñáñez O’Neill-Łuć' } });
});

test('leaves out an element of another type than the standard gives it', async () => {
  const elements = { ...LICENCE, resident_city: ['Houston'], sex: true };
  const { resident_city: _city, sex: _sex, ...rest } = ELEMENTS;
  expect(await presentAndVerify({ elements })).toEqual({ kind: 'verified', elements: rest });
});

test('the session that the device signs is that of the example in OpenID4VP 1.0, B.2.6.2', async () => {
  const jwkThumbprint = Buffer.from('4283ec927ae0f208daaa2d026a814f2b22dca52cf85ffa8f3f8626c6bd669047', 'hex');
  const crypto = { digest: ({ bytes }: { bytes: Uint8Array }) => createHash('sha256').update(bytes).digest() };
  const unused = { random: () => Buffer.alloc(0), calculateEphemeralMacKey: () => Promise.reject(new Error()) };
  const transcript = await SessionTranscript.forOid4VpDcApi(
    { origin: 'https://example.com', nonce: session.expected.nonce, jwkThumbprint },
    { crypto: { ...crypto, ...unused } },
  );
  expect(Buffer.from(transcript.encode()).toString('hex')).toBe(
    '83f6f682764f70656e4944345650444341504948616e646f7665725820fbece366f4212f9762c74cfdbf83b8c69e371d5d68cea09cb4c48ca6daab761a',
  );
});
