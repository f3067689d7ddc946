import 'server-only';
import { placesSettings, vaultSettings } from '../config/browser-keys.ts';
import { env } from '../config/env.ts';
import { isDevelopment } from '../config/is-development.ts';
import { isPreviewOn } from '../config/is-preview-on.ts';
import { contentSecurityPolicy } from './csp.ts';

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

/** The policy of the page at this path. Only the card page may talk to the vault, and it may not talk to Google. */
export function policyFor(pathname: string, nonce: string): string {
  const { APP_ENV, RAAS_LINK_HOSTS, OIDC_ISSUER } = env();
  const scheme = APP_ENV === 'local' ? ['https', 'http'] : ['https'];
  const links = RAAS_LINK_HOSTS.flatMap((host) => scheme.map((name) => `${name}://${host}`));
  // At the console the only way out is to the identity provider: a session link has no business there.
  const formTargets = CONSOLE.test(pathname) ? (OIDC_ISSUER ? [new URL(OIDC_ISSUER).origin] : []) : links;
  const origins = vaultSettings()?.origins ?? [];
  if (CARD_PAGE.test(pathname)) {
    return contentSecurityPolicy(
      nonce,
      { connect: [...origins, VGS_KEEPER], frames: origins, formTargets, policies: undefined },
      isDevelopment,
    );
  }
  const places = placesSettings();
  const connect = places ? (places.apiUrl ? [places.apiUrl] : PLACES_HOSTS) : [];
  const policies = places ? [...POLICIES, ...GOOGLE_POLICIES] : POLICIES;
  if (isPreviewOn() && PREVIEW.test(pathname)) {
    const all = {
      connect: [...connect, ...origins],
      frames: ["'self'", ...origins],
      formTargets,
      isFramed: true,
      policies: undefined,
    };
    return contentSecurityPolicy(nonce, all, isDevelopment);
  }
  return contentSecurityPolicy(nonce, { connect, frames: [], formTargets, policies }, isDevelopment);
}
