import { TimeoutError } from './with-timeout.ts';

/**
 * Consequence of a failed request (docs/vendor-notes.md#7-places-search): `refused`: no request of this page will work;
 * `later`: none for a while; `now`: the same one may work at once; `slow`: it has timed out.
 */
export type SearchFailure = 'refused' | 'later' | 'now' | 'slow';

const REFUSED_CODES = new Set(['PERMISSION_DENIED', 'UNAUTHENTICATED']);

/** Classifies an error by the RPC status name in `code`. Other errors, such as a lost network, may pass. */
export function toSearchFailure(error: unknown): SearchFailure {
  if (error instanceof TimeoutError) return 'slow';
  const code = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  if (REFUSED_CODES.has(code)) return 'refused';
  return code === 'RESOURCE_EXHAUSTED' ? 'later' : 'now';
}
