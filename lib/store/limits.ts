import { type SQL, sql } from 'drizzle-orm';
import { LIMITS, type LimitPoints, limitNames, type StoreLimit } from '../config/rate-limits.ts';
import type { Keys } from '../crypto/encryption.ts';
import { keyedHash } from '../crypto/keyed-hash.ts';
import type { Database } from './database.ts';
import { AT, given } from './given.ts';
import { limits } from './schema.ts';
import { isUndone } from './store-error.ts';
import { gather } from './write-buffer.ts';

/** What is counted, and by which value. */
export type Attempt = readonly [StoreLimit, string];
export type Refusal = { limit: StoreLimit; retryAfterMs: number };
export type Tally = {
  refusal: Refusal | undefined;
  /** A limit that may only slow down is exceeded. */
  isDelayed: boolean;
  /** Resolves when the store has the count, has lost it, or has undone it, so that it comes with the next write. */
  written: Promise<void>;
};

type Known = {
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
const MAX_KNOWN = 10_000;

export type Limits = ReturnType<typeof limitStore>;

/** Counters in the store, so that they hold over all instances. What they count by is kept as a keyed hash. */
export function limitStore(
  database: Database,
  keys: Keys,
  points: LimitPoints,
  now: () => Date,
  onError: (cause: string) => void,
) {
  const keyOf = ([name, by]: Attempt) => `${name}:${keyedHash(by, 'limit', keys).slice(0, 24)}`;
  const limitOf = (key: string) => key.slice(0, key.indexOf(':')) as StoreLimit;
  const counter = { key: limits.key, points: limits.points, expire: limits.expire };
  /** Counts in the window that is open, or begins one. */
  const growFrom = (at: SQL, sum: SQL) => {
    const isOver = sql`${limits.expire} <= ${at}`;
    return {
      points: sql`case when ${isOver} then excluded.points else ${sum} end`,
      expire: sql`case when ${isOver} then excluded.expire else ${limits.expire} end`,
    };
  };
  // Refused attempts stop at one over the limit: a client that goes on asking does not fill the counter any further.
  const addOne = database
    .insert(limits)
    .select(sql`select ${given('key')}::text, 1, ${AT} + ${given('seconds')}::int * interval '1 second'`)
    .onConflictDoUpdate({
      target: limits.key,
      set: growFrom(AT, sql`least(${limits.points} + 1, ${given('most')}::int + 1)`),
    })
    .returning(counter)
    .prepare('add_one');

  /** One statement for up to `BATCH_KEYS` keys, in the order in which all statements lock them. */
  async function addAll(counted: Counts) {
    const place = (key: string) => limitNames.indexOf(limitOf(key));
    const inOrder = [...counted].sort(([one], [other]) => place(one) - place(other) || (one < other ? -1 : 1));
    const stored: { key: string; points: number; expire: Date | null }[] = [];
    for (let from = 0; from < inOrder.length; from += BATCH_KEYS) {
      const at = now();
      const rows = inOrder.slice(from, from + BATCH_KEYS).map(([key, count]) => ({
        ...{ key, points: count },
        expire: new Date(at.getTime() + LIMITS[limitOf(key)].windowSeconds * 1_000),
      }));
      const set = growFrom(sql`${at.toISOString()}::timestamptz`, sql`${limits.points} + excluded.points`);
      const insert = database.insert(limits).values(rows).onConflictDoUpdate({ target: limits.key, set });
      stored.push(...(await insert.returning(counter)));
      for (const { key } of rows) counted.delete(key);
    }
    return stored;
  }

  const known = new Map<string, Known>();
  function remember(key: string, found: Known): void {
    known.delete(key);
    known.set(key, found);
    const [oldest] = known.keys();
    if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest);
  }

  async function write(counted: Counts): Promise<void> {
    const more = new Map(counted);
    try {
      for (const { key, points: stored, expire } of await addAll(counted)) {
        const last = known.get(key);
        const until = expire?.getTime() ?? 0;
        const isSameWindow = last?.until === until;
        const unwritten = queues.reduce((sum, queue) => sum + (queue.unwritten()?.get(key) ?? 0), 0);
        remember(key, {
          ...{ until, stored },
          // Within a window a counter only grows: an answer that overtook another one is the smaller one.
          points: Math.max(isSameWindow ? last.points : 0, stored + unwritten),
          isShared: last?.isShared || stored > (isSameWindow ? last.stored : 0) + (more.get(key) ?? 0),
        });
      }
    } catch (error) {
      if (!isUndone(error)) throw error;
      countAgain(counted);
    }
  }
  // A row that other instances write may be waited for. No other row waits with it.
  const queues = [alone(), alone()] as const;
  function alone() {
    return gather((): Counts => new Map(), write, onError);
  }
  const [ownRows, sharedRows] = queues;

  /** What the store has undone goes into the next write, unless its window is over. One of the rows was waited for. */
  function countAgain(counted: Counts): void {
    for (const [key, count] of counted) {
      const last = known.get(key);
      if (!last || last.until <= now().getTime()) continue;
      remember(key, { ...last, isShared: true });
      void add(key, count, true);
    }
  }
  const add = (key: string, count: number, isShared: boolean): Promise<void> =>
    (isShared ? sharedRows : ownRows).add((sums) => sums.set(key, (sums.get(key) ?? 0) + count));

  /** The counter as this instance knows it, in the window that is open at this moment. */
  function readKnown(key: string, at: number): Known {
    const last = known.get(key);
    const isOpen = last !== undefined && last.until > at;
    const until = at + LIMITS[limitOf(key)].windowSeconds * 1_000;
    const found = isOpen ? last : { points: 0, until, stored: 0, isShared: last?.isShared ?? false };
    remember(key, found);
    return found;
  }

  return {
    /**
     * Counts one attempt and checks its limit with the same statement, exactly over all instances.
     *
     * @returns milliseconds until the limit has room again; undefined when the attempt is within it
     */
    async take(...[name, by]: Attempt): Promise<number | undefined> {
      const [row] = await addOne.execute({
        key: keyOf([name, by]),
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
    tally(attempts: readonly Attempt[]): Tally {
      const at = now().getTime();
      const found = attempts.map(([name, by]) => {
        const key = keyOf([name, by]);
        return { name, key, ...readKnown(key, at) };
      });
      const exceeded = found.filter((one) => one.points >= points[one.name]);
      const refusing = exceeded.find(({ name }) => LIMITS[name].effect === 'refuse');
      if (refusing) {
        const refusal = { limit: refusing.name, retryAfterMs: refusing.until - at };
        return { refusal, isDelayed: false, written: Promise.resolve() };
      }
      // What only slows down is counted to one over the limit: many who attempt the same do not wait for its row.
      const counted = found.filter(({ name, points: before }) => before <= points[name]);
      const writes = counted.map(({ name: _name, key, ...before }) => {
        remember(key, { ...before, points: before.points + 1 });
        return add(key, 1, before.isShared);
      });
      const written = Promise.all(writes).then(() => {});
      return { refusal: undefined, isDelayed: exceeded.length > 0, written };
    },
  };
}
