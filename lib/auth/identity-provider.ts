import 'server-only';
import * as oidc from 'openid-client';
import { env } from '../config/env.ts';
import { inProcess } from '../config/in-process.ts';
import { type Agent, isRole } from '../domain/assist/permissions.ts';
import { findLocale, type Locale } from '../i18n/routing.ts';

/** Where the provider sends a signed-in agent back to. */
export const CALLBACK_PATH = '/assist/callback';

/** What has to come back unchanged, kept by the browser, sealed, while somebody signs in. */
export type SignIn = {
  state: string;
  nonce: string;
  verifier: string;
  isShared: boolean;
  lang: Locale;
  /** Somebody has to show who they are, whatever the provider remembers. */
  isFresh: boolean;
  /** Sessions on other devices that end when the same person has signed in again. */
  ends: readonly string[];
  /** The page on which this person's session was locked when they began. */
  lockedPage: { subject: string; path: string } | undefined;
};

/** `<language>.<random>`: an attempt that is no longer known is answered in its language. */
const createState = (lang: Locale) => `${lang}.${oidc.randomState()}`;

/** The language that a state names, when the state has the form of ours. It proves nothing else. */
export const localeOfState = (state: string): Locale | undefined => findLocale(state.split('.', 1)[0]);

/** Whether there is a console at all. */
export const hasConsole = (): boolean => env().OIDC_ISSUER !== undefined;

/** The provider's own description, asked for at the first sign-in and again after a failure. */
async function provider(): Promise<oidc.Configuration> {
  const holder = inProcess('identity-provider', () => ({ found: undefined as oidc.Configuration | undefined }));
  if (holder.found) return holder.found;
  const { OIDC_ISSUER = '', OIDC_CLIENT_ID = '', OIDC_CLIENT_SECRET, APP_ENV } = env();
  // Without these checks the library trusts the TLS connection for a token and reads no signature.
  const execute = [oidc.enableNonRepudiationChecks, ...(APP_ENV === 'local' ? [oidc.allowInsecureRequests] : [])];
  holder.found = await oidc.discovery(new URL(OIDC_ISSUER), OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, undefined, { execute });
  return holder.found;
}

const callbackUrl = () => new URL(CALLBACK_PATH, env().APP_ORIGIN);

/**
 * Begins a sign-in (OpenID Connect Core 1.0, authorization code with PKCE, RFC 7636).
 *
 * @returns where the agent goes, and what to keep until they come back
 * @throws when the provider cannot be reached
 */
export async function beginSignIn(
  asked: Omit<SignIn, 'state' | 'nonce' | 'verifier'>,
): Promise<{ url: URL; signIn: SignIn }> {
  const verifier = oidc.randomPKCECodeVerifier();
  const signIn = { state: createState(asked.lang), nonce: oidc.randomNonce(), verifier, ...asked };
  const url = oidc.buildAuthorizationUrl(await provider(), {
    redirect_uri: callbackUrl().href,
    scope: 'openid profile',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: signIn.state,
    nonce: signIn.nonce,
    ...(asked.isFresh && { prompt: 'login', max_age: '0' }),
  });
  return { url, signIn };
}

/**
 * Ends a sign-in: state, nonce, code and the token's signature are checked.
 *
 * @param query of the address that the provider sent the agent back to
 * @returns the agent, or undefined when the claims name no role or shop of ours
 * @throws when anything does not fit
 */
export async function endSignIn(
  query: string,
  { state, nonce, verifier, isFresh }: SignIn,
): Promise<Agent | undefined> {
  const url = callbackUrl();
  url.search = query;
  const tokens = await oidc.authorizationCodeGrant(await provider(), url, {
    ...{ expectedState: state, expectedNonce: nonce, pkceCodeVerifier: verifier, idTokenExpected: true },
    // The provider's word that it has just asked (`auth_time`, OpenID Connect Core 1.0, 3.1.2.1).
    ...(isFresh && { maxAge: 0 }),
  });
  const claims = tokens.claims();
  const { OIDC_ROLE_CLAIM, OIDC_SHOP_CLAIM } = env();
  const [role, shop] = [claims?.[OIDC_ROLE_CLAIM], claims?.[OIDC_SHOP_CLAIM]];
  if (!claims || !isRole(role) || typeof shop !== 'string' || shop === '') return undefined;
  const name = typeof claims['name'] === 'string' ? claims['name'] : claims.sub;
  return { subject: claims.sub, name, role, shop };
}

/**
 * Where an agent goes to be signed out at the provider too, if it offers that. Without an ID token, which no address may
 * hold, the provider knows us by `client_id` and may ask the agent to confirm (RP-Initiated Logout 1.0, sections 2 and 6).
 */
export async function signOutUrl(lang: string): Promise<URL | undefined> {
  const found = await provider().catch(() => undefined);
  if (!found?.serverMetadata().end_session_endpoint) return undefined;
  const back = new URL(`/${lang}/assist/sign-in`, env().APP_ORIGIN).href;
  return oidc.buildEndSessionUrl(found, { post_logout_redirect_uri: back });
}
