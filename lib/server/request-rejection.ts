import type { IncomingMessage } from 'node:http';
import { getEnv } from '../config/env.ts';
import { getRejectionStatus, readNodeHeaders } from '../http/request-validation.ts';
import { logCounted } from '../observability/counted-log.ts';
import { isWithinInstanceLimit } from '../rate-limits/count-in-instance.ts';
import { renderBusyPage } from './error-pages.ts';
import { readClientIp } from './forwarded-headers.ts';
import { listFrameAncestors } from './framed-request.ts';
import { countByClient } from './in-flight-requests.ts';
import { isOverloaded, type LoadSheddingLimits } from './load-shedding.ts';

/** A response in place of a page. */
export type RequestRejection = { status: number; headers?: Readonly<Record<string, string>>; body?: string };

/** Dot segments and encoded separators, which readers resolve differently. No browser sends them (URL Standard). */
const AMBIGUOUS_PATH = /\\|%2f|%5c|\/(\.|%2e){1,2}(\/|$)/i;

/**
 * Returns whether two readers could understand the request differently although Node's parser accepts it: two hosts,
 * HTTP/0.9 (RFC 9112, section 3.2), or a path with dot segments (RFC 3986, section 5.2.4).
 */
export function isAmbiguous({ httpVersionMajor, rawHeaders }: IncomingMessage, pathname: string): boolean {
  const hosts = rawHeaders.filter((name, index) => index % 2 === 0 && name.toLowerCase() === 'host');
  return httpVersionMajor < 1 || hosts.length > 1 || AMBIGUOUS_PATH.test(pathname) || !canDecode(pathname);
}

/** Returns whether the percent-encoded bytes are UTF-8 (RFC 3986, section 2.5): Next.js fails on any other. */
function canDecode(pathname: string): boolean {
  try {
    return decodeURIComponent(pathname) !== '';
  } catch {
    return false;
  }
}

/**
 * Returns why a request must not reach a page or an action, or undefined. Checks, in this order: requests in flight of
 * the client, load shedding, method and origin, posts of the client.
 */
export async function getRequestRejection(
  request: IncomingMessage,
  pathname: string,
  limits: LoadSheddingLimits,
): Promise<RequestRejection | undefined> {
  const { method = '', headers } = request;
  const client = readClientIp(request);
  const refuse = (status: 429 | 503) => renderBusyPage(pathname, status, listFrameAncestors(request));
  const inFlight = countByClient(request);
  if ((inFlight.get(client) ?? 0) >= limits.perClient) {
    logCounted('429', (requests) => ({ event: 'request.refused', status: 429, requests }));
    return refuse(429);
  }
  if (isOverloaded(inFlight, client, limits)) {
    logCounted('503', (requests) => ({ event: 'server.shedding', requests }));
    return refuse(503);
  }
  const status = getRejectionStatus({ method, headers: readNodeHeaders(headers), pathname }, getEnv().APP_ORIGIN);
  if (status) {
    logCounted(String(status), (requests) => ({ event: 'request.refused', status, requests }));
    return { status };
  }
  if (method !== 'POST') return undefined;
  return (await isWithinInstanceLimit('postAddress', client)) ? undefined : refuse(429);
}
