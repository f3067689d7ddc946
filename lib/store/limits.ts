import { sql } from 'drizzle-orm';
import { keyedHash } from '../security/keyed-hash.ts';
import { LIMITS, type LimitPoints, limitNames, type StoreLimit } from '../security/limits.ts';
import type { Keys } from '../security/sealed.ts';
import type { Database } from './database.ts';
import { gather } from './gather.ts';
import { AT, given } from './given.ts';
import { limits } from './schema.ts';

/** What is counted, and by which value. */
export type Attempt = readonly [StoreLimit, string];
export type Refusal = { limit: StoreLimit; retryAfterMs: number };
export type Tally = {
  refusal: Refusal | undefined;
  /** A limit that may only slow down is exceeded. */
  isDelayed: boolean;
  /** Resolves when the store has the count, or has lost it. */
  written: Promise<void>;
};

type Known = { points: number; until: number };

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
  const isOver = sql`${limits.expire} <= ${AT}`;
  const counter = { key: limits.key, points: limits.points, expire: limits.expire };
  const addMany = database
    .insert(limits)
    .select(sql`
      select key, more, ${AT} + seconds * interval '1 second'
      from unnest(${given('keys')}::text[], ${given('more')}::int[], ${given('seconds')}::int[]) as counted (key, more, seconds)`)
    .onConflictDoUpdate({
      target: limits.key,
      set: {
        points: sql`case when ${isOver} then excluded.points else ${limits.points} + excluded.points end`,
        expire: sql`case when ${isOver} then excluded.expire else ${limits.expire} end`,
      },
    })
    .returning(counter)
    .prepare('add_many');
  // Refused attempts stop at one over the limit: a client that goes on asking does not fill the counter any further.
  const addOne = database
    .insert(limits)
    .select(sql`select ${given('key')}::text, 1, ${AT} + ${given('seconds')}::int * interval '1 second'`)
    .onConflictDoUpdate({
      target: limits.key,
      set: {
        points: sql`case when ${isOver} then 1 else least(${limits.points} + 1, ${given('most')}::int + 1) end`,
        expire: sql`case when ${isOver} then excluded.expire else ${limits.expire} end`,
      },
    })
    .returning(counter)
    .prepare('add_one');

  function addAll(counted: ReadonlyMap<string, number>) {
    const place = (key: string) => limitNames.indexOf(limitOf(key));
    const inOrder = [...counted.keys()].sort().sort((one, other) => place(one) - place(other)); // sorting is stable
    return addMany.execute({
      keys: inOrder,
      more: inOrder.map((key) => counted.get(key)),
      seconds: inOrder.map((key) => LIMITS[limitOf(key)].windowSeconds),
      at: now().toISOString(),
    });
  }

  const known = new Map<string, Known>();
  function remember(key: string, found: Known): void {
    known.delete(key);
    known.set(key, found);
    const [oldest] = known.keys();
    if (known.size > MAX_KNOWN && oldest !== undefined) known.delete(oldest);
  }

  const gathered = gather(
    () => new Map<string, number>(),
    async (counted) => {
      for (const { key, points: stored, expire } of await addAll(counted)) {
        const since = gathered.unwritten()?.get(key) ?? 0;
        remember(key, { points: stored + since, until: expire?.getTime() ?? 0 });
      }
    },
    onError,
  );

  /** The counter as this instance knows it, in the window that is open at this moment. */
  function readKnown(key: string, at: number): Known {
    const last = known.get(key);
    const found =
      last && last.until > at ? last : { points: 0, until: at + LIMITS[limitOf(key)].windowSeconds * 1_000 };
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
      const written = gathered.add((sums) => {
        for (const { key, points: before, until } of found) {
          remember(key, { points: before + 1, until });
          sums.set(key, (sums.get(key) ?? 0) + 1);
        }
      });
      return { refusal: undefined, isDelayed: exceeded.length > 0, written };
    },
  };
}
