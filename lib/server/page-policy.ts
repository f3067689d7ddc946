import 'server-only';
import { placesSettings, vaultSettings } from '../config/browser-keys.ts';
import { env } from '../config/env.ts';
import { isDevelopment } from '../config/is-development.ts';
import { isPreviewOn } from '../config/is-preview-on.ts';
import { contentSecurityPolicy, type PageHosts } from './csp.ts';

/** Google's hosts for places data (integrations page, A9) and VGS's for its beacon (B6). */
const PLACES_HOSTS = ['https://*.googleapis.com'];
const VGS_KEEPER = 'https://vgs-collect-keeper.apps.verygood.systems';

/** Our own Trusted Types policy, and the bundler's. */
export const POLICIES = ['default', 'nextjs#bundler'];
/** Google's script makes its own, under names that it does not publish; each once. */
const GOOGLE_POLICIES = ['*'];

/** Whose scripts a page may load beside our own, for the default policy (`instrumentation-client.ts`). */
export function scriptHosts(): string[] {
  const places = placesSettings();
  return places ? [places.apiUrl ?? 'https://maps.googleapis.com'] : [];
}

/** The brand's preview, which shows every page in a frame. It does not exist in `live`. */
export const PREVIEW = /^\/[a-z]{2}\/preview(\/|$)/;
const CONSOLE = /^\/[a-z]{2}\/assist(\/|$)/;
export const CARD_PAGE = /^\/[a-z]{2}\/onboarding\/card\/?$/;

/** The address step, of a customer or at the console: the only page that may talk to Google. */
const ADDRESS_PAGE = /^\/[a-z]{2}\/(onboarding|assist\/cases\/[^/]+)\/address\/?$/;

type Kind = 'page' | 'address' | 'card' | 'console' | 'console address' | 'preview';
function kindOf(pathname: string): Kind {
  if (CARD_PAGE.test(pathname)) return 'card';
  if (isPreviewOn() && PREVIEW.test(pathname)) return 'preview';
  const isAddress = ADDRESS_PAGE.test(pathname);
  if (CONSOLE.test(pathname)) return isAddress ? 'console address' : 'console';
  return isAddress ? 'address' : 'page';
}

/** A page may talk to the one vendor that it needs: the address page to Google, the card page to the vault. */
function hostsOf(kind: Kind): PageHosts {
  const page = { connect: [], frames: [], formTargets: linkTargets(), policies: POLICIES };
  const vault = vaultSettings()?.origins ?? [];
  const connect = placesHosts();
  const places = connect.length > 0 ? { connect, policies: [...POLICIES, ...GOOGLE_POLICIES] } : {};
  const atConsole = { ...page, formTargets: signInTargets() };
  switch (kind) {
    case 'card':
      return { ...page, connect: [...vault, VGS_KEEPER], frames: vault, policies: undefined };
    case 'preview': {
      const frames = ["'self'", ...vault];
      return { ...page, connect: [...connect, ...vault], frames, isFramed: true, policies: undefined };
    }
    case 'console':
      return atConsole;
    case 'console address':
      return { ...atConsole, ...places };
    case 'address':
      return { ...page, ...places };
    case 'page':
      return page;
  }
}

function placesHosts(): readonly string[] {
  const places = placesSettings();
  if (!places) return [];
  return places.apiUrl ? [places.apiUrl] : PLACES_HOSTS;
}

/** Where the form of a customer may lead: to the returned link. */
function linkTargets(): string[] {
  const { APP_ENV, RAAS_LINK_HOSTS } = env();
  const schemes = APP_ENV === 'local' ? ['https', 'http'] : ['https'];
  return RAAS_LINK_HOSTS.flatMap((host) => schemes.map((scheme) => `${scheme}://${host}`));
}

/** The only way out of the console is to the identity provider: a session link has no business there. */
function signInTargets(): string[] {
  const { OIDC_ISSUER } = env();
  return OIDC_ISSUER ? [new URL(OIDC_ISSUER).origin] : [];
}

/** What stands in a policy for the nonce of an answer, so that each kind of page has its policy written once. */
const NONCE = '{nonce}';
const written = new Map<Kind, string>();

/** The policy of the page at this path. */
export function policyFor(pathname: string, nonce: string): string {
  const kind = kindOf(pathname);
  const policy = written.get(kind) ?? contentSecurityPolicy(NONCE, hostsOf(kind), isDevelopment);
  written.set(kind, policy);
  return policy.replaceAll(NONCE, nonce);
}
