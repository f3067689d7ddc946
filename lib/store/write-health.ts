import { sql } from 'drizzle-orm';
import type { Database } from './database-session.ts';
import { READ_ONLY_QUERY, type ReadOnlyRow } from './postgres-pool.ts';

/** Consecutive failed writes after which the database counts as read-only. A single one may be a lock. */
const MAX_FAILURES = 3;
/** Milliseconds after the last failure in which failures count. Then writes are tried again. */
const FAILURE_WINDOW_MS = 10_000;

/**
 * Failures of the database and not of the values (PostgreSQL manual, appendix A): read-only, insufficient resources, a timeout,
 * operator intervention, system and internal errors.
 */
const DATABASE_FAILURES = /^(25006|53...|57...|58...|XX...|QUERY_TIMEOUT)$/;

export type WriteHealth = ReturnType<typeof createWriteHealth>;

/**
 * Creates a record of this process's failed writes.
 *
 * @param monotonicMs returns milliseconds of a clock that never goes back
 */
export function createWriteHealth(monotonicMs: () => number = () => performance.now()) {
  let failureCount = 0;
  let failedAt = Number.NEGATIVE_INFINITY;
  let succeededAt = Number.NEGATIVE_INFINITY;
  return {
    /** Records a write. @param code the failure's code; undefined after a success */
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
 * Returns whether the database accepts writes: it is no standby, not read-only, and recent writes have not failed. A database
 * that is too slow for the check but has written meanwhile also counts.
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
