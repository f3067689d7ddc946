import { type SQL, sql } from 'drizzle-orm';
import { LIMITS, type LimitPoints, limitNames, type StoreLimit } from '../config/rate-limits.ts';
import type { Keys } from '../crypto/encryption.ts';
import { computeKeyedHash } from '../crypto/keyed-hash.ts';
import type { Database } from './database.ts';
import { limits } from './schema.ts';
import { NOW_PARAM, toParam } from './statement-params.ts';
import { isUndone } from './store-error.ts';
import { createWriteBuffer } from './write-buffer.ts';

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

type CachedCounter = {
  points: number;
  until: number;
  /** The database's count after the last write of this instance. */
  stored: number;
  /** Other instances also count it, so a write may wait for its row. */
  isShared: boolean;
};

type Counts = Map<string, number>;

/** The most keys of one statement. */
const BATCH_KEYS = 500;
/** Counters in memory. Beyond it, the least recently used counter is dropped and read from the database again. */
const MAX_CACHED_COUNTERS = 10_000;

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
  const parseLimitName = (key: string) => key.slice(0, key.indexOf(':')) as StoreLimit;
  const counterColumns = { key: limits.key, points: limits.points, expire: limits.expire };
  /** Builds an update that counts in the open window or begins a new one. */
  const buildWindowUpdate = (time: SQL, sum: SQL) => {
    const isOver = sql`${limits.expire} <= ${time}`;
    return {
      points: sql`case when ${isOver} then excluded.points else ${sum} end`,
      expire: sql`case when ${isOver} then excluded.expire else ${limits.expire} end`,
    };
  };
  // Rejected attempts count up to one over the limit, so that a persistent client does not write more.
  const addOne = database
    .insert(limits)
    .select(sql`select ${toParam('key')}::text, 1, ${NOW_PARAM} + ${toParam('seconds')}::int * interval '1 second'`)
    .onConflictDoUpdate({
      target: limits.key,
      set: buildWindowUpdate(NOW_PARAM, sql`least(${limits.points} + 1, ${toParam('most')}::int + 1)`),
    })
    .returning(counterColumns)
    .prepare('add_one');

  /** Adds counts in statements of up to `BATCH_KEYS` keys, sorted so that all statements lock rows in one order. */
  async function addAll(counts: Counts) {
    const getOrder = (key: string) => limitNames.indexOf(parseLimitName(key));
    const sortedCounts = [...counts].sort(
      ([keyA], [keyB]) => getOrder(keyA) - getOrder(keyB) || (keyA < keyB ? -1 : 1),
    );
    const stored: { key: string; points: number; expire: Date | null }[] = [];
    for (let from = 0; from < sortedCounts.length; from += BATCH_KEYS) {
      const time = now();
      const rows = sortedCounts.slice(from, from + BATCH_KEYS).map(([key, count]) => ({
        key,
        points: count,
        expire: new Date(time.getTime() + LIMITS[parseLimitName(key)].windowSeconds * 1_000),
      }));
      const set = buildWindowUpdate(sql`${time.toISOString()}::timestamptz`, sql`${limits.points} + excluded.points`);
      const insert = database.insert(limits).values(rows).onConflictDoUpdate({ target: limits.key, set });
      stored.push(...(await insert.returning(counterColumns)));
      for (const { key } of rows) counts.delete(key);
    }
    return stored;
  }

  const cachedCounters = new Map<string, CachedCounter>();
  function setCachedCounter(key: string, counter: CachedCounter): void {
    cachedCounters.delete(key);
    cachedCounters.set(key, counter);
    const [oldest] = cachedCounters.keys();
    if (cachedCounters.size > MAX_CACHED_COUNTERS && oldest !== undefined) cachedCounters.delete(oldest);
  }

  async function write(counts: Counts): Promise<void> {
    const initialCounts = new Map(counts);
    try {
      for (const { key, points: stored, expire } of await addAll(counts)) {
        const last = cachedCounters.get(key);
        const until = expire?.getTime() ?? 0;
        const isSameWindow = last?.until === until;
        const pendingCount = buffers.reduce((sum, buffer) => sum + (buffer.getPending()?.get(key) ?? 0), 0);
        setCachedCounter(key, {
          until,
          stored,
          // Within a window a counter only grows, so the smaller of two answers is the older one.
          points: Math.max(isSameWindow ? last.points : 0, stored + pendingCount),
          isShared: last?.isShared || stored > (isSameWindow ? last.stored : 0) + (initialCounts.get(key) ?? 0),
        });
      }
    } catch (error) {
      if (!isUndone(error)) throw error;
      countAgain(counts);
    }
  }
  // A write may wait for rows that other instances write. Other rows must not wait with them.
  const buffers = [createBuffer(), createBuffer()] as const;
  function createBuffer() {
    return createWriteBuffer((): Counts => new Map(), write, onError);
  }
  const [ownBuffer, sharedBuffer] = buffers;

  /** Adds rolled-back counts to the next write, unless their window is over. A write is rolled back when it waits too long. */
  function countAgain(counts: Counts): void {
    for (const [key, count] of counts) {
      const last = cachedCounters.get(key);
      if (!last || last.until <= now().getTime()) continue;
      setCachedCounter(key, { ...last, isShared: true });
      void add(key, count, true);
    }
  }
  const add = (key: string, count: number, isShared: boolean): Promise<void> =>
    (isShared ? sharedBuffer : ownBuffer).add((sums) => sums.set(key, (sums.get(key) ?? 0) + count));

  /** Returns this instance's view of a counter in the window at `nowMs`. */
  function readCachedCounter(key: string, nowMs: number): CachedCounter {
    const last = cachedCounters.get(key);
    const isOpen = last !== undefined && last.until > nowMs;
    const until = nowMs + LIMITS[parseLimitName(key)].windowSeconds * 1_000;
    const counter = isOpen ? last : { points: 0, until, stored: 0, isShared: last?.isShared ?? false };
    setCachedCounter(key, counter);
    return counter;
  }

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
    countAttempts(attempts: readonly Attempt[]): CountResult {
      const nowMs = now().getTime();
      const counters = attempts.map(([name, subject]) => {
        const key = buildKey([name, subject]);
        return { name, key, ...readCachedCounter(key, nowMs) };
      });
      const exceeded = counters.filter((counter) => counter.points >= points[counter.name]);
      const refusingCounter = exceeded.find(({ name }) => LIMITS[name].effect === 'refuse');
      if (refusingCounter) {
        const refusal = { limit: refusingCounter.name, retryAfterMs: refusingCounter.until - nowMs };
        return { refusal, isDelayed: false, written: Promise.resolve() };
      }
      // A limit that only delays counts up to one over it, so that many equal attempts do not wait for its row.
      const countedAttempts = counters.filter(({ name, points: currentPoints }) => currentPoints <= points[name]);
      const writes = countedAttempts.map(({ name: _name, key, ...counter }) => {
        setCachedCounter(key, { ...counter, points: counter.points + 1 });
        return add(key, 1, counter.isShared);
      });
      const pendingWrite = Promise.all(writes).then(() => {});
      return { refusal: undefined, isDelayed: exceeded.length > 0, written: pendingWrite };
    },
  };
}
