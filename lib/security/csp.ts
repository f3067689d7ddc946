/** Hosts that one page needs beyond our own. */
export type PageHosts = {
  connect: readonly string[];
  frames: readonly string[];
  formTargets: readonly string[];
  /** Whether our own pages may frame it. */
  isFramed?: boolean;
};

/** What the framework's development server needs for its overlay and its stack traces. */
const DEVELOPMENT = { 'script-src': ["'unsafe-eval'"], 'style-src': ["'self'", "'unsafe-inline'"] };

/**
 * The Content-Security-Policy of a page (CSP Level 3). Scripts run by nonce only; what a script adds may run too, which
 * is how the vendors' loaders work.
 */
export function contentSecurityPolicy(
  nonce: string,
  { connect, frames, formTargets, isFramed }: PageHosts,
  isDevelopment: boolean,
): string {
  const directives: Record<string, readonly string[]> = {
    'default-src': ["'none'"],
    'script-src': [`'nonce-${nonce}'`, "'strict-dynamic'", ...(isDevelopment ? DEVELOPMENT['script-src'] : [])],
    'style-src': isDevelopment ? DEVELOPMENT['style-src'] : ["'self'", `'nonce-${nonce}'`],
    'img-src': ["'self'", 'data:'],
    'font-src': ["'self'"],
    'connect-src': ["'self'", ...connect],
    'frame-src': frames.length > 0 ? frames : ["'none'"],
    // Without script the browser follows the redirect of a form to the returned link, and checks it against this.
    'form-action': ["'self'", ...formTargets],
    'base-uri': ["'none'"],
    'object-src': ["'none'"],
    'frame-ancestors': [isFramed ? "'self'" : "'none'"],
  };
  return Object.entries(directives)
    .map(([name, values]) => `${name} ${values.join(' ')}`)
    .join('; ');
}
