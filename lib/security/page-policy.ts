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

type Kind = 'page' | 'card' | 'console' | 'preview';
function kindOf(pathname: string): Kind {
  if (CARD_PAGE.test(pathname)) return 'card';
  if (CONSOLE.test(pathname)) return 'console';
  return isPreviewOn() && PREVIEW.test(pathname) ? 'preview' : 'page';
}

/** Only the card page may talk to the vault, and it may not talk to Google. */
function hostsOf(kind: Kind): PageHosts {
  const { APP_ENV, RAAS_LINK_HOSTS, OIDC_ISSUER } = env();
  const scheme = APP_ENV === 'local' ? ['https', 'http'] : ['https'];
  const links = RAAS_LINK_HOSTS.flatMap((host) => scheme.map((name) => `${name}://${host}`));
  const vault = vaultSettings()?.origins ?? [];
  const places = placesSettings();
  const connect = places ? (places.apiUrl ? [places.apiUrl] : PLACES_HOSTS) : [];
  const policies = places ? [...POLICIES, ...GOOGLE_POLICIES] : POLICIES;
  const page = { connect, frames: [], formTargets: links, policies };
  switch (kind) {
    case 'card':
      return { ...page, connect: [...vault, VGS_KEEPER], frames: vault, policies: undefined };
    case 'preview': {
      const frames = ["'self'", ...vault];
      return { ...page, connect: [...connect, ...vault], frames, isFramed: true, policies: undefined };
    }
    case 'console':
      // The only way out is to the identity provider: a session link has no business there.
      return { ...page, formTargets: OIDC_ISSUER ? [new URL(OIDC_ISSUER).origin] : [] };
    case 'page':
      return page;
  }
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
