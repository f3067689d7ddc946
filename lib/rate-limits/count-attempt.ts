import 'server-only';
import type { StoreLimit } from '../config/rate-limits.ts';
import { log } from '../observability/logger.ts';
import { getStore } from '../store/store.ts';

/**
 * Counts one attempt in the store and logs a refusal.
 *
 * @param key the address, agent or other value that the limit counts by
 * @returns milliseconds until the limit has room again when the attempt is refused; undefined when it is within the limit
 */
export async function countAttempt(limit: StoreLimit, key: string): Promise<number | undefined> {
  const { rateLimits } = await getStore();
  const retryAfterMs = await rateLimits.consume(limit, key);
  if (retryAfterMs !== undefined) log({ event: 'limit.reached', limit });
  return retryAfterMs;
}
