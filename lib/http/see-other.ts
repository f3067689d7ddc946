/** Builds the response that leads from a post to another page (RFC 9110, section 15.4.4). */
export const createSeeOtherResponse = (location: string, headers: Record<string, string> = {}): Response =>
  new Response(null, { status: 303, headers: { ...headers, location } });

/** Makes the browser drop its copies of our pages, those of its Back button too (W3C Clear Site Data, `cache`). */
export const CLEAR_CACHE_HEADERS = { 'clear-site-data': '"cache"' };
