import { LIMITS, type LimitPoints, type StoreLimit } from '../config/rate-limits.ts';
import type { Keys } from '../crypto/encryption.ts';
import { computeKeyedHash } from '../crypto/keyed-hash.ts';
import { BufferedCounters } from './buffered-counters.ts';
import type { Database } from './database.ts';
import { prepareAddOne } from './rate-limit-statements.ts';

/** A limit and the value that it counts by. */
export type Attempt = readonly [StoreLimit, string];
export type Refusal = { limit: StoreLimit; retryAfterMs: number };
export type CountResult = {
  refusal: Refusal | undefined;
  /** A limit that only delays is exceeded. */
  isDelayed: boolean;
  /** Resolves when the database has stored, lost or rolled back the count. A rolled-back count joins the next write. */
  written: Promise<void>;
};
/** `takeBack` takes the count back, because the attempt failed for a reason of ours. */
export type RevocableCount = CountResult & { takeBack: () => void };

export type RateLimitRepository = ReturnType<typeof createRateLimitRepository>;

/** Creates the counters of rate limits in the database, which all instances share, by keyed hashes. */
export function createRateLimitRepository(
  database: Database,
  keys: Keys,
  points: LimitPoints,
  now: () => Date,
  onError: (cause: string) => void,
) {
  const buildKey = ([name, subject]: Attempt) => `${name}:${computeKeyedHash(subject, 'limit', keys).slice(0, 24)}`;
  const addOne = prepareAddOne(database);
  const bufferedCounters = new BufferedCounters(database, now, onError);

  return {
    /**
     * Counts one attempt and checks its limit in one statement, exactly across all instances.
     *
     * @returns milliseconds until the window ends; undefined when the attempt is within the limit
     */
    async consume(...[name, subject]: Attempt): Promise<number | undefined> {
      const [row] = await addOne.execute({
        key: buildKey([name, subject]),
        seconds: LIMITS[name].windowSeconds,
        most: points[name],
        at: now().toISOString(),
      });
      return row && row.points > points[name] ? (row.expire ?? now()).getTime() - now().getTime() : undefined;
    },

    /**
     * Counts attempts in memory at once and in the database a moment later, batched with others, so that a submission needs no
     * additional statement. Counts of other instances are known after the first write. A rejected attempt counts for no limit.
     */
    countAttempts: (attempts: readonly Attempt[]): RevocableCount => {
      const keyedLimits = attempts.map((attempt) => ({ limit: attempt[0], key: buildKey(attempt) }));
      return countAttempts(bufferedCounters, keyedLimits, points, now().getTime());
    },
  };
}

function countAttempts(
  bufferedCounters: BufferedCounters,
  keyedLimits: readonly { limit: StoreLimit; key: string }[],
  points: LimitPoints,
  nowMs: number,
): RevocableCount {
  const counters = keyedLimits.map(({ limit, key }) => ({ limit, key, counter: bufferedCounters.read(key, nowMs) }));
  const exceeded = counters.filter(({ limit, counter }) => counter.points >= points[limit]);
  const refusing = exceeded.find(({ limit }) => LIMITS[limit].effect === 'refuse');
  if (refusing) {
    const refusal = { limit: refusing.limit, retryAfterMs: refusing.counter.until - nowMs };
    return { refusal, isDelayed: false, written: Promise.resolve(), takeBack: () => {} };
  }
  // A limit that only delays counts up to one over it, so that many equal attempts do not wait for its row.
  const countedAttempts = counters.filter(({ limit, counter }) => counter.points <= points[limit]);
  const writes = countedAttempts.map(({ key, counter }) => bufferedCounters.increment(key, counter));
  const takeBack = () => {
    for (const { key } of countedAttempts) bufferedCounters.decrement(key);
  };
  return { refusal: undefined, isDelayed: exceeded.length > 0, written: Promise.all(writes).then(() => {}), takeBack };
}
