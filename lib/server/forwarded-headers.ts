import type { IncomingMessage } from 'node:http';
import { getEnv } from '../config/env.ts';
import { resolveClientIp } from '../http/resolve-client-ip.ts';

/** Headers by which a stranger could tell the framework another host, or another nonce (it takes that from a policy). */
const FORGEABLE_HEADERS = ['x-forwarded-host', 'x-forwarded-port', 'forwarded', 'x-real-ip', 'content-security-policy'];
/** Methods that the framework fails on (they make no `Request`, Fetch Standard 2.2.1). */
const UNSUPPORTED_METHODS = new Set(['TRACE', 'TRACK', 'CONNECT']);

/**
 * Before anything reads them: the one header by which the address of whoever asks is known holds our own word, what could be
 * forged is gone, and a method that would make the framework fail comes to the gate as another that it refuses.
 */
export function sanitizeForwardedHeaders(request: IncomingMessage): void {
  const { headers, socket } = request;
  const forwardedFor = String(headers['x-forwarded-for'] ?? '');
  headers['x-forwarded-for'] = resolveClientIp(socket.remoteAddress, forwardedFor, getEnv().TRUSTED_HOPS);
  for (const name of FORGEABLE_HEADERS) delete headers[name];
  if (UNSUPPORTED_METHODS.has(request.method ?? '')) request.method = 'OPTIONS';
}

/** The client that a request counts for: its address, once `sanitizeForwardedHeaders` has written it. */
export const readClientIp = ({ headers }: IncomingMessage): string =>
  headers['x-forwarded-for']?.toString() ?? 'unknown';
