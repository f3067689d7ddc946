import { type SQL, sql } from 'drizzle-orm';
import { LIMITS, type LimitPoints, limitNames, type StoreLimit } from '../config/rate-limits.ts';
import type { Keys } from '../crypto/encryption.ts';
import { computeKeyedHash } from '../crypto/keyed-hash.ts';
import type { Database } from './database.ts';
import { limits } from './schema.ts';
import { NOW_PARAM, toParam } from './statement-params.ts';
import { isUndone } from './store-error.ts';
import { createWriteBuffer } from './write-buffer.ts';

/** What is counted, and by which value. */
export type Attempt = readonly [StoreLimit, string];
export type Refusal = { limit: StoreLimit; retryAfterMs: number };
export type CountResult = {
  refusal: Refusal | undefined;
  /** A limit that may only slow down is exceeded. */
  isDelayed: boolean;
  /** Resolves when the store has the count, has lost it, or has undone it, so that it comes with the next write. */
  written: Promise<void>;
};

type CachedCounter = {
  points: number;
  until: number;
  /** What the store had after the last write of this instance. */
  stored: number;
  /** Other instances count it, too: its row may be waited for. */
  isShared: boolean;
};

type Counts = Map<string, number>;

/** Keys of one statement. */
const BATCH_KEYS = 500;
/** Counters kept in memory. Beyond it the least recently used one is forgotten until the store has told it again. */
const MAX_CACHED_COUNTERS = 10_000;

export type RateLimitRepository = ReturnType<typeof createRateLimitRepository>;

/** Counters in the store, so that they hold over all instances. What they count by is kept as a keyed hash. */
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
  /** Counts in the window that is open, or begins one. */
  const buildWindowUpdate = (time: SQL, sum: SQL) => {
    const isOver = sql`${limits.expire} <= ${time}`;
    return {
      points: sql`case when ${isOver} then excluded.points else ${sum} end`,
      expire: sql`case when ${isOver} then excluded.expire else ${limits.expire} end`,
    };
  };
  // Refused attempts stop at one over the limit: a client that goes on asking does not fill the counter any further.
  const addOne = database
    .insert(limits)
    .select(sql`select ${toParam('key')}::text, 1, ${NOW_PARAM} + ${toParam('seconds')}::int * interval '1 second'`)
    .onConflictDoUpdate({
      target: limits.key,
      set: buildWindowUpdate(NOW_PARAM, sql`least(${limits.points} + 1, ${toParam('most')}::int + 1)`),
    })
    .returning(counterColumns)
    .prepare('add_one');

  /** One statement for up to `BATCH_KEYS` keys, in the order in which all statements lock them. */
  async function addAll(counts: Counts) {
    const getOrder = (key: string) => limitNames.indexOf(parseLimitName(key));
    const sortedCounts = [...counts].sort(
      ([keyA], [keyB]) => getOrder(keyA) - getOrder(keyB) || (keyA < keyB ? -1 : 1),
    );
    const stored: { key: string; points: number; expire: Date | null }[] = [];
    for (let from = 0; from < sortedCounts.length; from += BATCH_KEYS) {
      const time = now();
      const rows = sortedCounts.slice(from, from + BATCH_KEYS).map(([key, count]) => ({
        ...{ key, points: count },
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
          ...{ until, stored },
          // Within a window a counter only grows: an answer that overtook another one is the smaller one.
          points: Math.max(isSameWindow ? last.points : 0, stored + pendingCount),
          isShared: last?.isShared || stored > (isSameWindow ? last.stored : 0) + (initialCounts.get(key) ?? 0),
        });
      }
    } catch (error) {
      if (!isUndone(error)) throw error;
      countAgain(counts);
    }
  }
  // A row that other instances write may be waited for. No other row waits with it.
  const buffers = [createBuffer(), createBuffer()] as const;
  function createBuffer() {
    return createWriteBuffer((): Counts => new Map(), write, onError);
  }
  const [ownBuffer, sharedBuffer] = buffers;

  /** What the store has undone goes into the next write, unless its window is over. One of the rows was waited for. */
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

  /** The counter as this instance knows it, in the window that is open at this moment. */
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
     * Counts one attempt and checks its limit with the same statement, exactly over all instances.
     *
     * @returns milliseconds until the limit has room again; undefined when the attempt is within it
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
     * Counts each of these in memory at once, and in the store a moment later together with other attempts, so that a
     * submission has no statement more. Exact within this instance; what other instances have counted is known from the
     * second time on. An attempt that one limit refuses counts for none of them.
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
      // What only slows down is counted to one over the limit: many who attempt the same do not wait for its row.
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
