/** Creates the response to a page that polls for one word. No cache may store it: it belongs to one customer or case. */
export const createPollResponse = (view: string | undefined): Response =>
  new Response(view ?? '', { headers: { 'cache-control': 'private, no-store' } });
