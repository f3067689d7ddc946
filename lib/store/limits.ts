import { RateLimiterDrizzle } from 'rate-limiter-flexible';
import { keyedHash } from '../security/keyed-hash.ts';
import type { DataKey } from '../security/sealed.ts';
import type { Database } from './database.ts';
import { limits } from './schema.ts';

/** What is counted, by whom or what, and for how many seconds. `all` is everybody together. */
const WINDOWS = {
  submitAddress: 600,
  submitDraft: 3_600,
  submitPhone: 3_600,
  submitAll: 60,
  /** Short codes that were wrong. A code is one in 10¹¹: what is limited is the noise. */
  codeAddress: 600,
  codeAll: 600,
  signInAddress: 600,
} as const;
export type Limit = keyof typeof WINDOWS;
/** How many of each in its window. */
export type LimitPoints = Record<Limit, number>;

export type Limits = ReturnType<typeof limitStore>;

/** Counters in the store, so that they hold over all instances. What they count by is kept as a keyed hash. */
export function limitStore(database: Database, keys: readonly DataKey[], points: LimitPoints) {
  const made = new Map(
    Object.entries(WINDOWS).map(([name, duration]) => {
      const most = points[name as Limit];
      // Whoever is over is remembered in this process too: a flood costs no queries.
      const options = { points: most, duration, keyPrefix: name, inMemoryBlockOnConsumed: most + 1 };
      return [name, new RateLimiterDrizzle({ storeClient: database, schema: limits, ...options })];
    }),
  );
  const limiterOf = (name: Limit) => made.get(name) as RateLimiterDrizzle;
  const keyOf = (by: string) => keyedHash(by, 'limit', keys).slice(0, 24);

  /** Counts one more. @returns whether it is still within the limit */
  const take = (name: Limit, by = 'all'): Promise<boolean> =>
    limiterOf(name)
      .consume(keyOf(by))
      .then(
        () => true,
        (reason: unknown) => {
          if (reason instanceof Error) throw reason;
          return false;
        },
      );

  return {
    take,

    /** Whether there have been too many already. */
    async isReached(name: Limit, by = 'all'): Promise<boolean> {
      const found = await limiterOf(name).get(keyOf(by));
      return found !== null && found.consumedPoints >= points[name];
    },

    /** Counts each of these. @returns the first that is over its limit */
    async firstOver(counted: readonly (readonly [Limit, string?])[]): Promise<Limit | undefined> {
      const within = await Promise.all(counted.map(([name, by]) => take(name, by)));
      return counted.find((_, at) => !within[at])?.[0];
    },
  };
}
