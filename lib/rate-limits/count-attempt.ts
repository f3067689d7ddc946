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

/** The token of a created draft, or the milliseconds until the limit has room for one again. */
export type LimitedDraft = { created: string } | { retryAfterMs: number };

/**
 * Creates a draft within the limit of its address. It is counted in memory at once and in the store a moment later: people at one
 * address may begin at the same time, and if each changed the address's row, each would wait for the commits of the others. A
 * draft that could not be stored does not count, so that an outage does not use up the limit.
 */
export async function createLimitedDraft(address: string, create: () => Promise<string>): Promise<LimitedDraft> {
  const { rateLimits } = await getStore();
  const { refusal, takeBack } = rateLimits.countAttempts([['draftAddress', address]]);
  const retryAfterMs = reportRefusal('draftAddress', refusal?.retryAfterMs);
  if (retryAfterMs !== undefined) return { retryAfterMs };
  try {
    return { created: await create() };
  } catch (error) {
    takeBack();
    throw error;
  }
}

function reportRefusal(limit: StoreLimit, retryAfterMs: number | undefined): number | undefined {
  if (retryAfterMs !== undefined) log({ event: 'limit.reached', limit });
  return retryAfterMs;
}
