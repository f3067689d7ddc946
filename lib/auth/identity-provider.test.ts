import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseEnv } from 'node:util';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from 'jose';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Locale } from '../domain/locale.ts';

const { publicKey, privateKey } = await generateKeyPair('RS256');
const stranger = await generateKeyPair('RS256');
const CLIENT = 'front-door';

/** A provider that gives out whatever ID token a test wants. */
let idToken = '';
const server = createServer(async (request, response) => {
  const answers: Record<string, object> = {
    '/.well-known/openid-configuration': {
      ...{ issuer: getIssuer(), authorization_endpoint: `${getIssuer()}/auth`, token_endpoint: `${getIssuer()}/token` },
      ...{ jwks_uri: `${getIssuer()}/jwks`, response_types_supported: ['code'], subject_types_supported: ['public'] },
      id_token_signing_alg_values_supported: ['RS256'],
    },
    '/jwks': { keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256', use: 'sig' }] },
    '/token': { access_token: 'a', token_type: 'Bearer', id_token: idToken },
  };
  response.setHeader('content-type', 'application/json').end(JSON.stringify(answers[request.url ?? ''] ?? {}));
});
const getIssuer = () => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

beforeAll(async () => {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const settings = parseEnv(readFileSync('.env.example', 'utf8'));
  for (const [name, value] of Object.entries(settings)) vi.stubEnv(name, value);
  vi.stubEnv('OIDC_ISSUER', getIssuer());
  vi.stubEnv('OIDC_CLIENT_ID', CLIENT);
  vi.stubEnv('OIDC_CLIENT_SECRET', 'secret-of-the-test');
});
afterAll(() => void server.close());

const createClaims = (nonce: string) => {
  const now = Math.floor(Date.now() / 1_000);
  return { iss: getIssuer(), aud: CLIENT, sub: 'ana', nonce, iat: now, exp: now + 60, role: 'agent', shop: 'centro' };
};
type Claims = ReturnType<typeof createClaims>;

const sign = (content: Claims, key = privateKey) =>
  new SignJWT(content).setProtectedHeader({ alg: 'RS256', kid: 'one' }).sign(key);
const breakSignature = (token: string) => token.replace(/[^.]+$/, Buffer.from('forged').toString('base64url'));

/** Signs in with the ID token that the provider makes for this sign-in. */
async function signIn(createToken: (content: Claims) => Promise<string> | string) {
  const { startSignIn: beginSignIn, completeSignIn: endSignIn } = await import('./identity-provider.ts');
  const { signIn: attempt } = await beginSignIn({
    ...{ isShared: false, isFresh: false, lang: 'en', ends: [], lockedPage: undefined },
  });
  idToken = await createToken(createClaims(attempt.nonce));
  return endSignIn(`?code=c&state=${attempt.state}`, attempt);
}

test('an ID token that the provider has signed for this sign-in names the agent', async () => {
  const agent = await signIn((content) => sign(content));
  expect(agent).toEqual({ subject: 'ana', name: 'ana', role: 'agent', shop: 'centro' });
});

const secret = new TextEncoder().encode('secret-of-the-test');
test.each<[string, (content: Claims) => Promise<string> | string]>([
  ['a signature of nobody', async (content) => breakSignature(await sign(content))],
  ['a signature of another key', (content) => sign(content, stranger.privateKey)],
  ['no signature', (content) => new UnsecuredJWT(content).encode()],
  [
    'the client’s secret as its key',
    (content) => new SignJWT(content).setProtectedHeader({ alg: 'HS256' }).sign(secret),
  ],
  ['a nonce of another sign-in', (content) => sign({ ...content, nonce: 'other' })],
  ['another client as its audience', (content) => sign({ ...content, aud: 'other' })],
  ['another issuer', (content) => sign({ ...content, iss: 'https://other.example' })],
  ['an end in the past', (content) => sign({ ...content, exp: content.iat - 3_600 })],
])('an ID token with %s signs nobody in', async (_, createToken) => {
  await expect(signIn(createToken)).rejects.toThrow();
});

test('a state names its language and is never the same; a foreign one names none', async () => {
  const { startSignIn: beginSignIn, getLocaleFromState: localeOfState } = await import('./identity-provider.ts');
  const startAttempt = async (lang: Locale) => {
    const { url, signIn: attempt } = await beginSignIn({
      ...{ isShared: false, isFresh: false, lang, ends: [], lockedPage: undefined },
    });
    expect(url.searchParams.get('state')).toBe(attempt.state);
    return attempt.state;
  };
  const states = [await startAttempt('en'), await startAttempt('es'), await startAttempt('es')];
  expect(states.map(localeOfState)).toEqual(['en', 'es', 'es']);
  expect(new Set(states).size).toBe(3);
  expect(['', 'en2.x', 'abc', '.en', 'de.x'].map(localeOfState)).toEqual(Array(5).fill(undefined));
});
