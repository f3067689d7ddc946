import { isClientError } from '../http/request-context.ts';
import { logCounted } from '../observability/counted-log.ts';
import { log } from '../observability/logger.ts';

/** Logs a failed request. Unreadable requests are only counted: a client can send many. */
export function logRequestError(error: unknown, route: string, kind: string): void {
  if (isClientError()) {
    logCounted('400', (requests) => ({ event: 'request.refused', status: 400, requests }));
    return;
  }
  const { digest } = error as { digest?: string };
  log({ event: 'request.failed', digest, route, kind });
}
