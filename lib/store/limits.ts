import { and, eq, gt, gte, or, sql } from 'drizzle-orm';
import { keyedHash } from '../security/keyed-hash.ts';
import type { DataKey } from '../security/sealed.ts';
import type { Database } from './database.ts';
import { AT, given } from './given.ts';
import { limits } from './schema.ts';

/**
 * What is counted, by whom or what, and for how many seconds. `all` is everybody together. Counters are locked in this
 * order, so that two that count at once never wait for each other, and the one that all share is held the shortest.
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

export type Limits = ReturnType<typeof limitStore>;

/** Counters in the store, so that they hold over all instances. What they count by is kept as a keyed hash. */
export function limitStore(database: Database, keys: readonly DataKey[], points: LimitPoints, now: () => Date) {
  const keyOf = ([name, by = 'all']: Counted) => `${name}:${keyedHash(by, 'limit', keys).slice(0, 24)}`;
  const isOver = sql`${limits.expire} <= ${AT}`;
  const count = database
    .insert(limits)
    .select(sql`
      select key, 1, ${AT} + seconds * interval '1 second'
      from unnest(${given('keys')}::text[], ${given('seconds')}::int[]) as counted (key, seconds)`)
    .onConflictDoUpdate({
      target: limits.key,
      set: {
        points: sql`case when ${isOver} then 1 else ${limits.points} + 1 end`,
        expire: sql`case when ${isOver} then excluded.expire else ${limits.expire} end`,
      },
    })
    .returning({ key: limits.key, points: limits.points })
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

  return {
    /** Counts each of these, all with one statement. @returns the first that is over its limit */
    async firstOver(counted: readonly Counted[]): Promise<Limit | undefined> {
      const inOrder = counted.toSorted(([one], [other]) => ORDER.indexOf(one) - ORDER.indexOf(other));
      const named = inOrder.map(keyOf);
      const rows = await count.execute({
        keys: named,
        seconds: inOrder.map(([name]) => WINDOWS[name]),
        at: now().toISOString(),
      });
      const taken = new Map(rows.map((row) => [row.key, row.points]));
      const over = new Set(
        inOrder.flatMap(([name], at) => ((taken.get(named[at] ?? '') ?? 0) > points[name] ? [name] : [])),
      );
      return counted.find(([name]) => over.has(name))?.[0];
    },

    /** Whether either has been counted as often as it may be. Counts nothing. */
    async isReached(one: Counted, other: Counted): Promise<boolean> {
      const most = { oneMost: points[one[0]], otherMost: points[other[0]] };
      const found = await reached.execute({ one: keyOf(one), other: keyOf(other), ...most, at: now().toISOString() });
      return found.length > 0;
    },
  };
}
