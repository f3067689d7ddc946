import { type SQL, sql } from 'drizzle-orm';
import { LIMITS, limitNames, type StoreLimit } from '../config/rate-limits.ts';
import type { Database } from './database.ts';
import { limits } from './schema.ts';
import { NOW_PARAM, toParam } from './statement-params.ts';

/** Attempts to add, by the key of their counter. */
export type Counts = Map<string, number>;
/** The counter's row after a write. */
export type StoredCounter = { key: string; points: number; expire: Date | null };

/** The most keys of one statement. */
const BATCH_KEYS = 500;
const COUNTER_COLUMNS = { key: limits.key, points: limits.points, expire: limits.expire };

export const parseLimitName = (key: string) => key.slice(0, key.indexOf(':')) as StoreLimit;

/** Builds an update that counts in the open window or begins a new one. */
function buildWindowUpdate(time: SQL, sum: SQL) {
  const isOver = sql`${limits.expire} <= ${time}`;
  return {
    points: sql`case when ${isOver} then excluded.points else ${sum} end`,
    expire: sql`case when ${isOver} then excluded.expire else ${limits.expire} end`,
  };
}

/**
 * Prepares the statement that adds one attempt and returns its counter. Rejected attempts count up to one over the limit, so
 * that a persistent client does not write more.
 */
export function prepareAddOne(database: Database) {
  return database
    .insert(limits)
    .select(sql`select ${toParam('key')}::text, 1, ${NOW_PARAM} + ${toParam('seconds')}::int * interval '1 second'`)
    .onConflictDoUpdate({
      target: limits.key,
      set: buildWindowUpdate(NOW_PARAM, sql`least(${limits.points} + 1, ${toParam('most')}::int + 1)`),
    })
    .returning(COUNTER_COLUMNS)
    .prepare('add_one');
}

/**
 * Adds counts in statements of up to `BATCH_KEYS` keys, sorted so that all statements lock rows in one order. Keys that are
 * written leave `counts`, so that after an error it has the others.
 */
export async function addCounts(database: Database, counts: Counts, now: () => Date): Promise<StoredCounter[]> {
  const getOrder = (key: string) => limitNames.indexOf(parseLimitName(key));
  const sortedCounts = [...counts].sort(([keyA], [keyB]) => getOrder(keyA) - getOrder(keyB) || (keyA < keyB ? -1 : 1));
  const stored: StoredCounter[] = [];
  for (let from = 0; from < sortedCounts.length; from += BATCH_KEYS) {
    const time = now();
    const rows = sortedCounts.slice(from, from + BATCH_KEYS).map(([key, count]) => ({
      key,
      points: count,
      expire: new Date(time.getTime() + LIMITS[parseLimitName(key)].windowSeconds * 1_000),
    }));
    const set = buildWindowUpdate(
      sql`${time.toISOString()}::timestamptz`,
      sql`greatest(0, ${limits.points} + excluded.points)`,
    );
    const insert = database.insert(limits).values(rows).onConflictDoUpdate({ target: limits.key, set });
    stored.push(...(await insert.returning(COUNTER_COLUMNS)));
    for (const { key } of rows) counts.delete(key);
  }
  return stored;
}
