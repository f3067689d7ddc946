/** The answer to a post that leads on to another page (RFC 9110, section 15.4.4). */
export const createSeeOtherResponse = (location: string, headers: Record<string, string> = {}): Response =>
  new Response(null, { status: 303, headers: { ...headers, location } });

/** The browser drops what it has kept of our pages, those that Back would bring again too (W3C Clear Site Data, `cache`). */
export const CLEAR_CACHE_HEADERS = { 'clear-site-data': '"cache"' };
