import 'server-only';
import { getEnv } from '../config/env.ts';
import { isDevelopment } from '../config/is-development.ts';
import { isPreviewOn } from '../config/is-preview-on.ts';
import { getPlacesSettings, getVaultSettings } from '../config/vendor-settings.ts';
import { buildContentSecurityPolicy, type PageHosts } from './csp.ts';
import { listEmbedOrigins } from './framed-request.ts';

/** Hosts of Google Places and of VGS's beacon (docs/vendor-notes.md#10-places-page-policy, #11-vgs-collect). */
const PLACES_HOSTS = ['https://*.googleapis.com'];
const VGS_KEEPER_HOST = 'https://vgs-collect-keeper.apps.verygood.systems';

/** The Trusted Types policies of our code and of the bundler. */
export const TRUSTED_TYPES_POLICIES = ['default', 'nextjs#bundler'];
/** Google's script creates policies whose names Google does not publish. */
const GOOGLE_POLICIES = ['*'];

/**
 * Lists the hosts whose scripts a page may load beside our own, for the default policy (`lib/inline-script`).
 */
export function listScriptHosts(): string[] {
  const places = getPlacesSettings();
  return places ? [places.apiUrl ?? 'https://maps.googleapis.com'] : [];
}

/** The preview of the brand shows every page in a frame. It does not exist in `live`. */
export const PREVIEW_PAGE = /^\/[a-z]{2}\/preview(\/|$)/;
const CONSOLE_PAGE = /^\/[a-z]{2}\/assist(\/|$)/;
export const CARD_PAGE = /^\/[a-z]{2}\/onboarding\/card\/?$/;

/** Only the address step, of a customer or at the console, may reach Google. */
const ADDRESS_PAGE = /^\/[a-z]{2}\/(onboarding|assist\/cases\/[^/]+)\/address\/?$/;

/** Only the page that reads a document, of a customer or at the console, may run a worker. */
const DOCUMENT_PAGE = /^\/[a-z]{2}\/(onboarding|assist\/cases\/[^/]+)\/document\/?$/;

type PageKind =
  | 'page'
  | 'document'
  | 'console document'
  | 'address'
  | 'card'
  | 'console'
  | 'console address'
  | 'preview';
function getPageKind(pathname: string): PageKind {
  if (CARD_PAGE.test(pathname)) return 'card';
  if (isPreviewOn() && PREVIEW_PAGE.test(pathname)) return 'preview';
  const isAddress = ADDRESS_PAGE.test(pathname);
  if (DOCUMENT_PAGE.test(pathname)) return CONSOLE_PAGE.test(pathname) ? 'console document' : 'document';
  if (CONSOLE_PAGE.test(pathname)) return isAddress ? 'console address' : 'console';
  return isAddress ? 'address' : 'page';
}

/** Returns the hosts of a page: the address page may reach Google, the card page the vault, other pages no vendor. */
function getPageHosts(kind: PageKind): PageHosts {
  const page = { connect: [], frames: [], formTargets: listLinkTargets(), policies: TRUSTED_TYPES_POLICIES };
  const vault = getVaultSettings()?.origins ?? [];
  const connect = listPlacesHosts();
  const places = connect.length > 0 ? { connect, policies: [...TRUSTED_TYPES_POLICIES, ...GOOGLE_POLICIES] } : {};
  const consolePage = { ...page, formTargets: listSignInTargets() };
  switch (kind) {
    case 'card':
      return { ...page, connect: [...vault, VGS_KEEPER_HOST], frames: vault, policies: undefined };
    case 'preview': {
      const frames = ["'self'", ...vault];
      return { ...page, connect: [...connect, ...vault], frames, framedBy: ["'self'"], policies: undefined };
    }
    case 'console':
      return consolePage;
    case 'console document':
      return { ...consolePage, hasWorkers: true };
    case 'console address':
      return { ...consolePage, ...places };
    case 'address':
      return { ...page, ...places };
    case 'document':
      return { ...page, hasWorkers: true };
    case 'page':
      return page;
  }
}

function listPlacesHosts(): readonly string[] {
  const places = getPlacesSettings();
  if (!places) return [];
  return places.apiUrl ? [places.apiUrl] : PLACES_HOSTS;
}

/** Lists the hosts of session links, to which a customer's form redirects. */
function listLinkTargets(): string[] {
  const { APP_ENV, RAAS_LINK_HOSTS } = getEnv();
  const schemes = APP_ENV === 'local' ? ['https', 'http'] : ['https'];
  return RAAS_LINK_HOSTS.flatMap((host) => schemes.map((scheme) => `${scheme}://${host}`));
}

/** Lists the identity provider alone: the console never redirects to a session link. */
function listSignInTargets(): string[] {
  const { OIDC_ISSUER } = getEnv();
  return OIDC_ISSUER ? [new URL(OIDC_ISSUER).origin] : [];
}

/** A page in a partner's frame never redirects to a session link, which opens in the whole window. */
const getFramedPageHosts = (kind: PageKind): PageHosts => ({
  ...getPageHosts(kind),
  formTargets: [],
  framedBy: listEmbedOrigins(),
});

/** Stands for the nonce, so that the policy of each kind of page is built once. */
const NONCE_PLACEHOLDER = '{nonce}';
const policyByKind = new Map<string, string>();

/**
 * Returns the Content-Security-Policy of the page at a path.
 *
 * @param isFramed the page is in a partner's frame
 */
export function getPagePolicy(pathname: string, nonce: string, isFramed: boolean): string {
  const kind = getPageKind(pathname);
  const key = isFramed ? `framed ${kind}` : kind;
  const hosts = isFramed ? getFramedPageHosts(kind) : getPageHosts(kind);
  const policy = policyByKind.get(key) ?? buildContentSecurityPolicy(NONCE_PLACEHOLDER, hosts, isDevelopment);
  policyByKind.set(key, policy);
  return policy.replaceAll(NONCE_PLACEHOLDER, nonce);
}
