import 'server-only';
import type { StoreLimit } from '../config/rate-limits.ts';
import { log } from '../observability/logger.ts';
import { getStore } from '../store/store.ts';

type ExactLimit = Exclude<StoreLimit, 'draftAddress' | `submit${string}`>;

/**
 * Counts one attempt in the store, exactly across all instances, and logs a refusal.
 *
 * @param key the address, agent or other value that the limit counts by
 * @returns milliseconds until the limit has room again when the attempt is refused; undefined when it is within the limit
 */
export async function countAttempt(limit: ExactLimit, key: string): Promise<number | undefined> {
  const { rateLimits } = await getStore();
  return reportRefusal(limit, await rateLimits.consume(limit, key));
}

/**
 * Counts a new draft in memory at once and in the store a moment later. People at one address may begin at the same time; if
 * each changed the address's row, each would wait for the commits of the others.
 *
 * @returns milliseconds until the limit has room again when the draft is refused; undefined when it is within the limit
 */
export async function countDraft(address: string): Promise<number | undefined> {
  const { rateLimits } = await getStore();
  const { refusal } = rateLimits.countAttempts([['draftAddress', address]]);
  return reportRefusal('draftAddress', refusal?.retryAfterMs);
}

function reportRefusal(limit: StoreLimit, retryAfterMs: number | undefined): number | undefined {
  if (retryAfterMs !== undefined) log({ event: 'limit.reached', limit });
  return retryAfterMs;
}
