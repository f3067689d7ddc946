/**
 * Milliseconds. A slow phone sends 64 kB in ten seconds. `keepAliveTimeout` exceeds the proxy's (Caddy, two minutes), so the
 * proxy closes first and never sends a request on a connection that we are closing (RFC 9112, section 9.5).
 */
export const SERVER_TIMEOUTS_MS = { headersTimeout: 15_000, requestTimeout: 30_000, keepAliveTimeout: 150_000 };
