import { RateLimiterDrizzle } from 'rate-limiter-flexible';
import type { Database } from './database.ts';
import { limits } from './schema.ts';

/** What is limited: how many in how many seconds. */
const LIMITS = {
  /** Short codes that were wrong, by anybody: a code is one in 10¹¹, so what is limited is the noise. */
  'wrong-code': { points: 60, duration: 600 },
} as const;
type Limit = keyof typeof LIMITS;

export type Limits = ReturnType<typeof limitStore>;

/** Counters in the store, so that they hold over all instances. */
export function limitStore(database: Database) {
  const limiterOf = (name: Limit) =>
    new RateLimiterDrizzle({ storeClient: database, schema: limits, keyPrefix: name, ...LIMITS[name] });
  const made = { 'wrong-code': limiterOf('wrong-code') } satisfies Record<Limit, RateLimiterDrizzle>;
  return {
    /** Whether there have been too many already. */
    async isReached(name: Limit): Promise<boolean> {
      const found = await made[name].get('all');
      return found !== null && found.consumedPoints >= LIMITS[name].points;
    },
    /** Counts one more. */
    async count(name: Limit): Promise<void> {
      await made[name].consume('all').catch(() => {}); // over the limit: it says so by failing
    },
  };
}
