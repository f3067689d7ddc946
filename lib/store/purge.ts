import { sql } from 'drizzle-orm';
import type { Database } from './database.ts';
import { BATCH_ROWS, createRetentionRules, type RetentionRule } from './retention.ts';
import { describeError } from './store-error.ts';

export type Purged = {
  /** Rows that were ended, emptied or deleted, by kind. */
  counts: Record<string, number>;
  failedKinds: string[];
};

export type Purge = ReturnType<typeof createPurge>;

/**
 * Ends what retention has run out for. Instances may run it at the same time: each takes rows that no other one has locked.
 *
 * @param options.isEmbedded the database has no process of its own that reclaims space
 * @param options.onError hears of each kind that failed, by the error's name and code; the other kinds go on
 */
export function createPurge(
  database: Database,
  now: () => Date,
  { isEmbedded, onError }: { isEmbedded: boolean; onError: (kind: string, cause: string) => void },
) {
  const rules = createRetentionRules(database, now);

  /** @param signal ends it after the statement under way */
  return async function purge(signal?: AbortSignal): Promise<Purged> {
    const purged: Purged = { counts: {}, failedKinds: [] };
    async function attempt(kind: string, work: () => Promise<unknown>): Promise<void> {
      await work().catch((error: unknown) => {
        purged.failedKinds.push(kind);
        onError(kind, describeError(error));
      });
    }
    for (const rule of rules) {
      purged.counts[rule.kind] = 0;
      await attempt(rule.kind, () => applyRule(rule, purged.counts, signal));
    }
    if (isEmbedded) await attempt('space', () => reclaimSpace(database));
    return purged;
  };
}

async function applyRule(
  { kind, endBatch }: RetentionRule,
  counts: Record<string, number>,
  signal: AbortSignal | undefined,
): Promise<void> {
  for (let rows = BATCH_ROWS; rows === BATCH_ROWS && !signal?.aborted; ) {
    rows = await endBatch();
    counts[kind] = (counts[kind] ?? 0) + rows;
  }
}

/**
 * The embedded database runs neither autovacuum nor checkpoints by itself: space of deleted rows and old files of its
 * write-ahead log are used again only after these.
 */
async function reclaimSpace(database: Database): Promise<void> {
  await database.execute(sql`vacuum`);
  await database.execute(sql`checkpoint`);
}
