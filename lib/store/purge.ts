import { sql } from 'drizzle-orm';
import { type Runtime, systemRuntime } from '../config/runtime.ts';
import type { Database } from './database.ts';
import { createRetentionRules } from './retention.ts';
import type { EndBatch } from './retention-batches.ts';
import { describeError, StoreError } from './store-error.ts';

export type Purged = {
  /** Rows that were ended, emptied or deleted, by kind. */
  counts: Record<string, number>;
  failedKinds: string[];
};

export type Pace = {
  /** How long one statement should take, in milliseconds: meanwhile it holds its rows, and others wait behind its WAL. */
  batchMs: number;
  /** The pause after each statement, as a multiple of the time that it took. */
  pauses: number;
};
/** As fast as one connection can. */
const AT_ONCE: Pace = { batchMs: 200, pauses: 0 };

/** Of the first statement. Time alone makes none smaller: on a busy machine all of them are slow, and fewer rows end no sooner. */
const FIRST_ROWS = 50;
const MOST_ROWS = 1_000;
/** No pause is longer, in milliseconds: a statement that waited for a lock says nothing of the load. */
const LONGEST_PAUSE_MS = 1_000;
/** Statements of one kind that may fail one after another, as on a database that is busy: the next one is for fewer rows. */
const RETRIES = 5;

type Options = {
  pace?: Pace;
  /** Asked before each statement: false ends the purge. */
  mayGoOn?: () => boolean | Promise<boolean>;
};

export type Purge = ReturnType<typeof createPurge>;

/**
 * Ends what retention has run out for, in small batches. Processes may run it at the same time: each takes rows that no other
 * one has locked.
 *
 * @param options.isEmbedded the database has no process of its own that reclaims space
 * @param options.onError hears of each kind that failed, by the error's name and code; the other kinds go on
 */
export function createPurge(
  database: Database,
  now: () => Date,
  { isEmbedded, onError }: { isEmbedded: boolean; onError: (kind: string, cause: string) => void },
  runtime: Pick<Runtime, 'monotonicMs' | 'sleep'> = systemRuntime,
) {
  const rules = createRetentionRules(database, now);

  async function endAll(
    endBatch: EndBatch,
    count: (rows: number) => void,
    { pace: { batchMs, pauses } = AT_ONCE, mayGoOn = () => true }: Options,
  ): Promise<void> {
    let from: Date | undefined;
    for (let [limit, failures] = [FIRST_ROWS, 0]; await mayGoOn(); ) {
      const [asked, start] = [limit, runtime.monotonicMs()];
      const batch = await endBatch(asked, from).catch((error: unknown) => {
        failures += 1;
        if (!(error instanceof StoreError) || failures > RETRIES) throw error;
        return undefined;
      });
      const tookMs = runtime.monotonicMs() - start;
      if (batch === undefined) {
        limit = Math.max(1, Math.floor(asked / 2));
        await runtime.sleep(LONGEST_PAUSE_MS);
        continue;
      }
      failures = 0;
      limit = adaptRows(asked, batchMs / tookMs);
      count(batch.rows);
      if (batch.rows < asked) return;
      from = batch.last;
      if (pauses > 0) await runtime.sleep(Math.min(tookMs * pauses, LONGEST_PAUSE_MS));
    }
  }

  return async function purge(options: Options = {}): Promise<Purged> {
    const purged: Purged = { counts: {}, failedKinds: [] };
    async function attempt(kind: string, work: () => Promise<unknown>): Promise<void> {
      await work().catch((error: unknown) => {
        purged.failedKinds.push(kind);
        onError(kind, describeError(error));
      });
    }
    for (const { kind, batches } of rules) {
      purged.counts[kind] = 0;
      const count = (rows: number) => {
        purged.counts[kind] = (purged.counts[kind] ?? 0) + rows;
      };
      await attempt(kind, async () => {
        for (const endBatch of batches) await endAll(endBatch, count, options);
      });
    }
    if (isEmbedded) await attempt('space', () => reclaimSpace(database));
    return purged;
  };
}

/** At most twice and at least half as many: one statement may be slow by chance. */
function adaptRows(rows: number, factor: number): number {
  const next = Math.round(rows * Math.min(2, Math.max(0.5, factor)));
  return Math.min(MOST_ROWS, Math.max(Math.min(rows, FIRST_ROWS), next));
}

/**
 * The embedded database runs neither autovacuum nor checkpoints by itself: space of deleted rows and old files of its
 * write-ahead log are used again only after these.
 */
async function reclaimSpace(database: Database): Promise<void> {
  await database.execute(sql`vacuum`);
  await database.execute(sql`checkpoint`);
}
