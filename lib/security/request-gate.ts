/** Where a post from elsewhere is let in: it is only handed back to its browser there (`app/partner`). */
const OPEN_TO_POSTS = '/partner';

/**
 * Whether a request that changes something comes from one of our own pages. Browsers say where a request comes from
 * (Fetch Metadata; OWASP CSRF cheat sheet).
 */
export function isOurs({ headers }: { headers: Headers }, origin: string): boolean {
  const site = headers.get('sec-fetch-site');
  return headers.get('origin') === origin && (site === null || site === 'same-origin');
}

/**
 * Why a request must not reach a page or an action, or undefined.
 *
 * @returns the HTTP status of the refusal
 */
export function refuseRequest(
  request: { method: string; headers: Headers; pathname: string },
  origin: string,
): 403 | 405 | undefined {
  const { method, pathname } = request;
  if (method === 'GET' || method === 'HEAD') return undefined;
  if (method !== 'POST') return 405;
  return pathname === OPEN_TO_POSTS || isOurs(request, origin) ? undefined : 403;
}
