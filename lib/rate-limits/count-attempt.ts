import 'server-only';
import type { StoreLimit } from '../config/rate-limits.ts';
import { getClientIp } from '../http/client-ip.ts';
import { log } from '../observability/logger.ts';
import { getStore } from '../store/store.ts';

/**
 * Counts one attempt, by the address of this request unless something better is known of who makes it.
 *
 * @returns milliseconds until the limit has room again when the attempt is refused; undefined when it may go on
 */
export async function countAttempt(limit: StoreLimit, key?: string): Promise<number | undefined> {
  const { rateLimits: limits } = await getStore();
  const retryAfterMs = await limits.consume(limit, key ?? (await getClientIp()));
  if (retryAfterMs !== undefined) log({ event: 'limit.reached', limit });
  return retryAfterMs;
}

/** Counts a new draft of a customer who has no session yet. */
export const countDraft = (): Promise<number | undefined> => countAttempt('draftAddress');
