import { TimeoutError } from './with-timeout.ts';

/**
 * What a failed request says of the next one (integrations page, section C): `refused` that none will work in this
 * session, `later` that none will for a while, `now` that the same one may work at once, `slow` that it has been waited for long enough.
 */
export type SearchFailure = 'refused' | 'later' | 'now' | 'slow';

const REFUSED_CODES = new Set(['PERMISSION_DENIED', 'UNAUTHENTICATED']);

/** Reads the RPC status name that Google's errors carry as `code`. Anything else, such as a lost network, may pass. */
export function toSearchFailure(error: unknown): SearchFailure {
  if (error instanceof TimeoutError) return 'slow';
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (REFUSED_CODES.has(code)) return 'refused';
  return code === 'RESOURCE_EXHAUSTED' ? 'later' : 'now';
}
