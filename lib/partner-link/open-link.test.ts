import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import { CompactEncrypt, SignJWT, UnsecuredJWT } from 'jose';
import { expect, test } from 'vitest';
import { DAY_MS } from '../domain/time.ts';
import { openLink } from './open-link.ts';

const ORIGIN = 'https://start.example';
const NOW = new Date('2026-11-27T12:00:00Z');
const ISSUED_SECONDS = NOW.getTime() / 1_000;
const CLAIMS = {
  answers: { firstName: 'Ana' },
  jti: 'a-link-of-its-own',
  aud: ORIGIN,
  iat: ISSUED_SECONDS,
  exp: ISSUED_SECONDS + 300,
};

const signingKeys = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const encryptionKeys = generateKeyPairSync('rsa', { modulusLength: 2_048 });
const keys = { verify: signingKeys.publicKey, decrypt: encryptionKeys.privateKey };
/** The partner's public key as bytes: a verifier that takes it for a shared secret accepts what anybody can sign. */
const publicBytes = Buffer.from(signingKeys.publicKey.export({ type: 'spki', format: 'pem' }));

const sign = (alg = 'ES256', key: KeyObject | Buffer = signingKeys.privateKey, claims: object = {}) =>
  new SignJWT({ ...CLAIMS, ...claims }).setProtectedHeader({ alg }).sign(key);
const encrypt = (text: string, alg = 'RSA-OAEP-256', enc = 'A256GCM') =>
  new CompactEncrypt(Buffer.from(text)).setProtectedHeader({ alg, enc }).encrypt(encryptionKeys.publicKey);
const origins = { audience: ORIGIN, returnOrigins: ['https://shop.example', 'https://www.shop.example:8443'] };
const open = (token: string) => openLink(token, keys, origins, NOW);

test('a JWT signed with ES256 inside a JWE of RSA-OAEP-256 and A256GCM is opened', async () => {
  expect(await open(await encrypt(await sign()))).toMatchObject({ link: { texts: new Map([['firstName', 'Ana']]) } });
});

const NOT_ALLOWED = 'ERR_JOSE_ALG_NOT_ALLOWED';
test.each<[string, () => string | Promise<string>, string]>([
  ['a JWT that is not encrypted', () => sign(), 'ERR_JWE_INVALID'],
  ['a JWT without a signature, not encrypted', () => new UnsecuredJWT(CLAIMS).encode(), 'ERR_JWE_INVALID'],
  ['a JWE that holds claims and no JWT', () => encrypt(JSON.stringify(CLAIMS)), 'ERR_JWS_INVALID'],
  ['a JWE inside a JWE', async () => encrypt(await encrypt(await sign())), 'ERR_JWS_INVALID'],
  ['alg none', () => encrypt(new UnsecuredJWT(CLAIMS).encode()), NOT_ALLOWED],
  ['HS256 with the public key as the secret', async () => encrypt(await sign('HS256', publicBytes)), NOT_ALLOWED],
  [
    'ES384',
    async () => encrypt(await sign('ES384', generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey)),
    NOT_ALLOWED,
  ],
  ['RS256', async () => encrypt(await sign('RS256', encryptionKeys.privateKey)), NOT_ALLOWED],
  ['RSA-OAEP with SHA-1', async () => encrypt(await sign(), 'RSA-OAEP'), NOT_ALLOWED],
  ['RSA-OAEP-512', async () => encrypt(await sign(), 'RSA-OAEP-512'), NOT_ALLOWED],
  ['A128GCM', async () => encrypt(await sign(), 'RSA-OAEP-256', 'A128GCM'), NOT_ALLOWED],
  ['A256CBC-HS512', async () => encrypt(await sign(), 'RSA-OAEP-256', 'A256CBC-HS512'), NOT_ALLOWED],
  [
    'a JWT that a stranger signed',
    async () => encrypt(await sign('ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey)),
    'ERR_JWS_SIGNATURE_VERIFICATION_FAILED',
  ],
  [
    'a token with a changed character',
    async () => (await encrypt(await sign())).replace(/.$/, (last) => (last === 'A' ? 'Q' : 'A')),
    'ERR_JWE_DECRYPTION_FAILED',
  ],
])('%s is refused', async (_what, make, refused) => {
  expect(await open(await make())).toEqual({ refused });
});

test('an expired token is refused', async () => {
  const later = new Date(NOW.getTime() + DAY_MS);
  expect(await openLink(await encrypt(await sign()), keys, origins, later)).toEqual({ refused: 'expired' });
});

const openWith = async (claims: object) => open(await encrypt(await sign('ES256', signingKeys.privateKey, claims)));

test('a link is known by its reference, or else by its jti', async () => {
  expect(await openWith({ reference: 'order-2026:17' })).toMatchObject({ link: { reference: 'order-2026:17' } });
  expect(await openWith({})).toMatchObject({ link: { reference: CLAIMS.jti, returnUrl: undefined } });
});

test.each([['ana@shop.example'], ['two words'], ['a/b'], ['.'], ['..'], [''], ['a'.repeat(129)], [17]])(
  'the reference %j is refused',
  async (reference) => {
    expect(await openWith({ reference })).toEqual({ refused: 'claim reference' });
  },
);

// Without `reference` it is the reference of the application.
test.each([
  ['a/link/of/its/own'],
  ['YSBsaW5rIG9mIGl0cyBvd24='],
  ['a link of its own'],
  ['short'],
  ['a'.repeat(129)],
  [17],
])('the jti %j is refused', async (jti) => {
  expect(await openWith({ jti })).toEqual({ refused: 'claim jti' });
  expect(await openWith({ jti, reference: 'order-1' })).toEqual({ refused: 'claim jti' });
});

test.each(['https://shop.example/cart?id=1#end', 'https://www.shop.example:8443/'])(
  'a return to %s is allowed',
  async (url) => {
    expect(await openWith({ return_url: url })).toMatchObject({ link: { returnUrl: url } });
  },
);

test.each([
  'https://shop.example.evil.example/',
  'https://shop.example@evil.example/',
  'https://evil.example\\@shop.example/',
  'https://www.shop.example/',
  'http://shop.example/',
  'https://shop.example:444/',
  '//shop.example/',
  '/cart',
  'https://ana@shop.example/',
  'https://ana:secret@shop.example/',
  'https://:secret@shop.example/',
  'blob:https://shop.example/0f1e2d3c-aaaa-bbbb-cccc-0123456789ab',
  'filesystem:https://shop.example/temporary/page.html',
  'javascript:location="https://shop.example"',
  'data:text/html,https://shop.example',
  `https://shop.example/${'a'.repeat(1_024)}`,
])('a link that returns to %s is refused', async (url) => {
  expect(await openWith({ return_url: url })).toEqual({ refused: 'claim return_url' });
});
