/**
 * Why a request must not reach a page or an action, or undefined. Browsers say where a request comes from (Fetch
 * Metadata; OWASP CSRF cheat sheet): one that changes something must come from our own pages.
 *
 * @returns the HTTP status of the refusal
 */
export function refuseRequest(
  { method, headers }: { method: string; headers: Headers },
  origin: string,
): 403 | 405 | undefined {
  if (method === 'GET' || method === 'HEAD') return undefined;
  if (method !== 'POST') return 405;
  const site = headers.get('sec-fetch-site');
  const isOurs = headers.get('origin') === origin && (site === null || site === 'same-origin');
  return isOurs ? undefined : 403;
}
