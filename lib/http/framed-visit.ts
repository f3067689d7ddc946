import 'server-only';
import { headers } from 'next/headers';

/**
 * Request header of a customer page in a partner's frame. Only `lib/server/framed-request.ts` passes it on, and no other site
 * can send it: a cross-origin request with a header of its own needs our permission (Fetch, CORS preflight).
 */
export const FRAMED_HEADER = 'x-framed';

/** Returns whether the request belongs to a customer page in a frame of a partner's page. */
export const isFramedVisit = async (): Promise<boolean> => (await headers()).has(FRAMED_HEADER);
