import 'server-only';
import * as oidc from 'openid-client';
import { getEnv } from '../config/env.ts';
import { getProcessSingleton } from '../config/process-singleton.ts';
import { type Agent, isAgentRole } from '../domain/assist/permissions.ts';
import { findLocale, type Locale } from '../i18n/routing.ts';

/** The path to which the provider redirects a signed-in agent. */
export const CALLBACK_PATH = '/assist/callback';

/** An attempt to sign in. The browser keeps it encrypted until the agent returns from the provider. */
export type SignIn = {
  state: string;
  nonce: string;
  verifier: string;
  isShared: boolean;
  lang: Locale;
  /** The provider must ask for credentials again, also when it has a session of the agent. */
  isFresh: boolean;
  /** Sessions on other devices that end once the same agent has signed in again. */
  ends: readonly string[];
  /** The page on which this agent's session was locked when the sign-in started. */
  lockedPage: { subject: string; path: string } | undefined;
};

/** `<language>.<random>`: the server answers an unknown attempt in its language. */
const createState = (lang: Locale) => `${lang}.${oidc.randomState()}`;

/** Returns the language that a state names. The state proves nothing else. */
export const getLocaleFromState = (state: string): Locale | undefined => findLocale(state.split('.', 1)[0]);

/** Returns whether this deployment has an agent console. */
export const hasConsole = (): boolean => getEnv().OIDC_ISSUER !== undefined;

/** Fetches the provider's metadata at the first sign-in, and again after a failure. */
async function getProvider(): Promise<oidc.Configuration> {
  const holder = getProcessSingleton('identity-provider', () => ({
    configuration: undefined as oidc.Configuration | undefined,
  }));
  if (holder.configuration) return holder.configuration;
  const { OIDC_ISSUER = '', OIDC_CLIENT_ID = '', OIDC_CLIENT_SECRET, APP_ENV } = getEnv();
  // Without these checks the library trusts the TLS connection for a token and reads no signature.
  const execute = [oidc.enableNonRepudiationChecks, ...(APP_ENV === 'local' ? [oidc.allowInsecureRequests] : [])];
  holder.configuration = await oidc.discovery(new URL(OIDC_ISSUER), OIDC_CLIENT_ID, OIDC_CLIENT_SECRET, undefined, {
    execute,
  });
  return holder.configuration;
}

const getCallbackUrl = () => new URL(CALLBACK_PATH, getEnv().APP_ORIGIN);

/**
 * Starts a sign-in (OpenID Connect Core 1.0, authorization code with PKCE, RFC 7636).
 *
 * @returns the provider's address for the agent, and the attempt to store until the agent returns
 * @throws when the provider cannot be reached
 */
export async function startSignIn(
  options: Omit<SignIn, 'state' | 'nonce' | 'verifier'>,
): Promise<{ url: URL; signIn: SignIn }> {
  const verifier = oidc.randomPKCECodeVerifier();
  const signIn = { state: createState(options.lang), nonce: oidc.randomNonce(), verifier, ...options };
  const url = oidc.buildAuthorizationUrl(await getProvider(), {
    redirect_uri: getCallbackUrl().href,
    scope: 'openid profile',
    code_challenge: await oidc.calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state: signIn.state,
    nonce: signIn.nonce,
    ...(options.isFresh && { prompt: 'login', max_age: '0' }),
  });
  return { url, signIn };
}

/**
 * Completes a sign-in: checks state, nonce, code and the token's signature.
 *
 * @param query of the address to which the provider redirected the agent
 * @returns the agent, or undefined when the claims name no known role or no shop
 * @throws when a check fails
 */
export async function completeSignIn(
  query: string,
  { state, nonce, verifier, isFresh }: SignIn,
): Promise<Agent | undefined> {
  const url = getCallbackUrl();
  url.search = query;
  const tokens = await oidc.authorizationCodeGrant(await getProvider(), url, {
    expectedState: state,
    expectedNonce: nonce,
    pkceCodeVerifier: verifier,
    idTokenExpected: true,
    // The provider must have asked for credentials just now (`auth_time`, OpenID Connect Core 1.0, 3.1.2.1).
    ...(isFresh && { maxAge: 0 }),
  });
  const claims = tokens.claims();
  const { OIDC_ROLE_CLAIM, OIDC_SHOP_CLAIM } = getEnv();
  const [role, shop] = [claims?.[OIDC_ROLE_CLAIM], claims?.[OIDC_SHOP_CLAIM]];
  if (!claims || !isAgentRole(role) || typeof shop !== 'string' || shop === '') return undefined;
  const name = typeof claims['name'] === 'string' ? claims['name'] : claims.sub;
  return { subject: claims.sub, name, role, shop };
}

/**
 * Returns the provider's sign-out address, if it has one. Without an ID token, which no address may hold, the provider
 * identifies us by `client_id` and may ask the agent to confirm (RP-Initiated Logout 1.0, sections 2 and 6).
 */
export async function getSignOutUrl(lang: string): Promise<URL | undefined> {
  const configuration = await getProvider().catch(() => undefined);
  if (!configuration?.serverMetadata().end_session_endpoint) return undefined;
  const returnUrl = new URL(`/${lang}/assist/sign-in`, getEnv().APP_ORIGIN).href;
  return oidc.buildEndSessionUrl(configuration, { post_logout_redirect_uri: returnUrl });
}
