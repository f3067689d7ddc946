import { sql } from 'drizzle-orm';
import type { Database } from './database-session.ts';
import { READ_ONLY_QUERY, type ReadOnlyRow } from './postgres-pool.ts';

/** Writes that fail one after another until the database counts as one that accepts none. One alone may be a lock. */
const MAX_FAILURES = 3;
/** Milliseconds after the last failure in which they count. After it writes are tried again. */
const FAILURE_WINDOW_MS = 10_000;

/**
 * Failures of the database and not of what was written (PostgreSQL manual, appendix A): read-only, insufficient resources, a
 * statement that was not answered in time, operator intervention, system and internal errors.
 */
const DATABASE_FAILURES = /^(25006|53...|57...|58...|XX...|QUERY_TIMEOUT)$/;

export type WriteHealth = ReturnType<typeof createWriteHealth>;

/**
 * Keeps how the writes of this process went.
 *
 * @param monotonicMs milliseconds that never go back
 */
export function createWriteHealth(monotonicMs: () => number = () => performance.now()) {
  let failureCount = 0;
  let failedAt = Number.NEGATIVE_INFINITY;
  let succeededAt = Number.NEGATIVE_INFINITY;
  return {
    /** @param code why the write failed; undefined when it did not */
    recordWrite(code: string | undefined): void {
      if (code === undefined) {
        failureCount = 0;
        succeededAt = monotonicMs();
      } else if (DATABASE_FAILURES.test(code)) {
        failureCount += 1;
        failedAt = monotonicMs();
      }
    },
    isFailing: (): boolean => failureCount >= MAX_FAILURES && monotonicMs() - failedAt < FAILURE_WINDOW_MS,
    startWatch(): { hasSeenSuccess: () => boolean } {
      const startedAt = monotonicMs();
      return { hasSeenSuccess: () => succeededAt >= startedAt };
    },
  };
}

/**
 * Whether the database accepts writes: it is no standby and not read-only, and writes have not been failing. A slow database
 * does. It answers within the limits of a connection and a statement; one that is too busy for it but has meanwhile written
 * does, too.
 */
export async function canWrite({ database, writes }: { database: Database; writes: WriteHealth }): Promise<boolean> {
  const watch = writes.startWatch();
  try {
    const { rows } = await database.execute<ReadOnlyRow>(sql.raw(READ_ONLY_QUERY));
    return rows[0]?.isReadOnly === 'off' && !writes.isFailing();
  } catch {
    return watch.hasSeenSuccess();
  }
}
