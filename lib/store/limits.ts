import { and, eq, gt, gte, or, sql } from 'drizzle-orm';
import { keyedHash } from '../security/keyed-hash.ts';
import type { Keys } from '../security/sealed.ts';
import type { Database } from './database.ts';
import { gather } from './gather.ts';
import { AT, given } from './given.ts';
import { limits } from './schema.ts';

/**
 * What is counted, by whom or what, and for how many seconds. `all` is everybody together. Counters are locked in this
 * order, and each kind's by its key, so that two that count at once never wait for each other, and the one that all share
 * is held the shortest.
 */
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
const ORDER = Object.keys(WINDOWS) as Limit[];
/** How many of each in its window. */
export type LimitPoints = Record<Limit, number>;

type Counted = readonly [Limit, string?];
type Known = { points: number; until: number };

/** So many counters are remembered here; beyond that, the oldest is asked for again. */
const MOST_KNOWN = 10_000;

export type Limits = ReturnType<typeof limitStore>;

/** Counters in the store, so that they hold over all instances. What they count by is kept as a keyed hash. */
export function limitStore(
  database: Database,
  keys: Keys,
  points: LimitPoints,
  now: () => Date,
  lost: (cause: string) => void,
) {
  const hashOf = (by: string) => keyedHash(by, 'limit', keys).slice(0, 24);
  const everybody = hashOf('all');
  const keyOf = ([name, by]: Counted) => `${name}:${by === undefined ? everybody : hashOf(by)}`;
  const limitOf = (key: string) => key.slice(0, key.indexOf(':')) as Limit;
  const isOver = sql`${limits.expire} <= ${AT}`;
  const count = database
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
    .returning({ key: limits.key, points: limits.points, expire: limits.expire })
    .prepare('count');
  const reached = database
    .select({ key: limits.key })
    .from(limits)
    .where(
      and(
        gt(limits.expire, AT),
        or(...['one', 'other'].map((key) => and(eq(limits.key, given(key)), gte(limits.points, given(`${key}Most`))))),
      ),
    )
    .prepare('reached');

  /** Counts with one statement. @returns where each of them is now */
  function countAll(counted: ReadonlyMap<string, number>) {
    const place = (key: string) => ORDER.indexOf(limitOf(key));
    const inOrder = [...counted.keys()].sort().sort((one, other) => place(one) - place(other)); // sorting is stable
    return count.execute({
      keys: inOrder,
      more: inOrder.map((key) => counted.get(key)),
      seconds: inOrder.map((key) => WINDOWS[limitOf(key)]),
      at: now().toISOString(),
    });
  }

  const known = new Map<string, Known>();
  function remember(key: string, counter: Known): void {
    known.delete(key);
    known.set(key, counter);
    const [oldest] = known.keys();
    if (known.size > MOST_KNOWN && oldest !== undefined) known.delete(oldest);
  }

  const gathered = gather(
    () => new Map<string, number>(),
    async (counted) => {
      for (const { key, points, expire } of await countAll(counted)) {
        const since = gathered.unwritten()?.get(key) ?? 0;
        remember(key, { points: points + since, until: expire?.getTime() ?? 0 });
      }
    },
    lost,
  );

  return {
    /** Counts each of these, all with one statement. @returns the first that is over its limit */
    async firstOver(counted: readonly Counted[]): Promise<Limit | undefined> {
      const names = new Map(counted.map((one) => [keyOf(one), one[0]]));
      const rows = await countAll(new Map([...names.keys()].map((key) => [key, 1])));
      const taken = new Map(rows.map((row) => [row.key, row.points]));
      for (const [key, name] of names) if ((taken.get(key) ?? 0) > points[name]) return name;
      return undefined;
    },

    /**
     * Counts each of these here at once, and in the store a moment later together with what others count. So a statement
     * less stands before each submission, and the row that all share is locked five times a second at most; what other
     * instances have counted is known from the second time on.
     *
     * @returns the first that is over its limit as far as this instance knows, and when it is counted in the store
     */
    tally(counted: readonly Counted[]): { over: Limit | undefined; written: Promise<void> } {
      const at = now().getTime();
      let over: Limit | undefined;
      const written = gathered.add((sums) => {
        for (const one of counted) {
          const [name] = one;
          const key = keyOf(one);
          const last = known.get(key);
          const before = last && last.until > at ? last : { points: 0, until: at + WINDOWS[name] * 1_000 };
          remember(key, { points: before.points + 1, until: before.until });
          sums.set(key, (sums.get(key) ?? 0) + 1);
          if (before.points >= points[name]) over ??= name;
        }
      });
      return { over, written };
    },

    /** Whether either has been counted as often as it may be. Counts nothing. */
    async isReached(one: Counted, other: Counted): Promise<boolean> {
      const most = { oneMost: points[one[0]], otherMost: points[other[0]] };
      const found = await reached.execute({ one: keyOf(one), other: keyOf(other), ...most, at: now().toISOString() });
      return found.length > 0;
    },
  };
}
