import type { IncomingMessage } from 'node:http';

/**
 * Milliseconds. A slow phone sends 64 kB in ten seconds. `keepAliveTimeout` exceeds the proxy's (Caddy, two minutes),
 * so the proxy closes first and never sends a request on a connection that we are closing (RFC 9112, section 9.5).
 */
export const SERVER_TIMEOUTS_MS = { headersTimeout: 15_000, requestTimeout: 30_000, keepAliveTimeout: 150_000 };

/**
 * Closes the connection of a request whose body is incomplete after the limit. Node itself checks `requestTimeout` only
 * every 30 seconds, so a slow body could take almost twice as long.
 *
 * @param limitMs milliseconds from the end of the request's headers
 */
export function setBodyTimeout(request: IncomingMessage, limitMs: number): void {
  if (request.complete) return;
  const timer = setTimeout(() => request.complete || request.destroy(), limitMs).unref();
  request.once('close', () => clearTimeout(timer));
}
