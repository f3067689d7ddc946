import 'server-only';
import type { StoreLimit } from '../config/rate-limits.ts';
import { addressOfRequest } from '../http/address-of-request.ts';
import { log } from '../observability/logger.ts';
import { store } from '../store/store.ts';

/**
 * Counts one attempt, by the address of this request unless something better is known of who makes it.
 *
 * @returns milliseconds until the limit has room again when the attempt is refused; undefined when it may go on
 */
export async function takeAttempt(limit: StoreLimit, by?: string): Promise<number | undefined> {
  const { limits } = await store();
  const retryAfterMs = await limits.take(limit, by ?? (await addressOfRequest()));
  if (retryAfterMs !== undefined) log({ event: 'limit.reached', limit });
  return retryAfterMs;
}

/** Counts a new draft of a customer who has no session yet. */
export const countDraft = (): Promise<number | undefined> => takeAttempt('draftAddress');
