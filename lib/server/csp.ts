/** Hosts that one page needs beyond our own. */
export type PageHosts = {
  connect: readonly string[];
  frames: readonly string[];
  formTargets: readonly string[];
  /** The page may run workers of ours. */
  hasWorkers?: boolean;
  /** Sources of the pages that may frame it; none by default. */
  framedBy?: readonly string[];
  /**
   * Names of the Trusted Types policies that may be made; undefined where a vendor's script is not known to know them.
   */
  policies: readonly string[] | undefined;
};

/** The overlay and the stack traces of Next.js's development server need these. */
const DEVELOPMENT_SOURCES = { 'script-src': ["'unsafe-eval'"], 'style-src': ["'self'", "'unsafe-inline'"] };

/**
 * Builds the Content-Security-Policy of a page (CSP Level 3). Scripts run by nonce alone; a script that one of them
 * adds may run, too, because the vendors' loaders add scripts.
 */
export function buildContentSecurityPolicy(
  nonce: string,
  { connect, frames, formTargets, hasWorkers, framedBy = ["'none'"], policies }: PageHosts,
  isDevelopment: boolean,
): string {
  const directives: Record<string, readonly string[]> = {
    'default-src': ["'none'"],
    'script-src': [`'nonce-${nonce}'`, "'strict-dynamic'", ...(isDevelopment ? DEVELOPMENT_SOURCES['script-src'] : [])],
    'style-src': isDevelopment ? DEVELOPMENT_SOURCES['style-src'] : ["'self'", `'nonce-${nonce}'`],
    'img-src': ["'self'", 'data:'],
    ...(hasWorkers && { 'worker-src': ["'self'"] }),
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...connect],
    'frame-src': frames.length > 0 ? frames : ["'none'"],
    // Without script the browser follows the redirect of a form to the returned link, and checks it against this.
    'form-action': ["'self'", ...formTargets],
    'base-uri': ["'none'"],
    'object-src': ["'none'"],
    'frame-ancestors': framedBy,
    ...(policies && !isDevelopment && buildTrustedTypesDirectives(policies)),
    ...REPORT_DIRECTIVES,
  };
  return formatDirectives(directives);
}

const REPORT_DIRECTIVES = { 'report-uri': ['/csp-report'], 'report-to': ['csp'] };
const buildTrustedTypesDirectives = (policies: readonly string[]) => ({
  'require-trusted-types-for': ["'script'"],
  'trusted-types': policies,
});
const formatDirectives = (directives: Record<string, readonly string[]>) =>
  Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');

/** Builds a policy that reports violations of Trusted Types without stopping them. */
export const buildReportOnlyPolicy = (policies: readonly string[]): string =>
  formatDirectives({ ...buildTrustedTypesDirectives(policies), ...REPORT_DIRECTIVES });
