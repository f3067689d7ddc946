import type { IncomingMessage } from 'node:http';
import { getEnv } from '../config/env.ts';
import { resolveClientIp } from '../http/resolve-client-ip.ts';

/**
 * Headers from which Next.js would take another host, another nonce or another scheme. It fetches the target of an
 * action's redirect from its own port, which speaks plain HTTP, with the scheme of `x-forwarded-proto`.
 */
const REMOVED_HEADERS = [
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-proto',
  'forwarded',
  'x-real-ip',
  'content-security-policy',
];
/** Methods that Next.js fails on: they make no `Request` (Fetch Standard, 2.2.1). */
const UNSUPPORTED_METHODS = new Set(['TRACE', 'TRACK', 'CONNECT']);

/**
 * Writes the client's address into `x-forwarded-for`, removes headers that a client can forge, and gives a method that
 * Next.js fails on the name of one that is refused later.
 */
export function sanitizeForwardedHeaders(request: IncomingMessage): void {
  const { headers, socket } = request;
  const forwardedFor = String(headers['x-forwarded-for'] ?? '');
  headers['x-forwarded-for'] = resolveClientIp(socket.remoteAddress, forwardedFor, getEnv().TRUSTED_HOPS);
  for (const name of REMOVED_HEADERS) delete headers[name];
  if (UNSUPPORTED_METHODS.has(request.method ?? '')) request.method = 'OPTIONS';
}

/** Returns the client address that `sanitizeForwardedHeaders` has written. */
export const readClientIp = ({ headers }: IncomingMessage): string =>
  headers['x-forwarded-for']?.toString() ?? 'unknown';
