import { sql } from 'drizzle-orm';
import { type Runtime, systemRuntime } from '../config/runtime.ts';
import type { EventSubscription } from './application-events/write-event.ts';
import type { Database } from './database.ts';
import type { EndBatch } from './retention/batches.ts';
import { createRetentionRules } from './retention/rules.ts';
import { formatError, StoreError } from './store-error.ts';

export type PurgeResult = {
  /** Rows that were ended, emptied or deleted, by kind. */
  counts: Record<string, number>;
  failedKinds: string[];
};

export type Pace = {
  /** The target time of one statement, in milliseconds: it locks its rows, and other commits wait for its WAL. */
  batchMs: number;
  /** The pause after each statement, as a multiple of its duration. */
  pauses: number;
};
/** No pauses: as fast as one connection allows. */
const FULL_SPEED: Pace = { batchMs: 200, pauses: 0 };

/** The rows of the first statement. Slow statements do not go below it: on a busy machine, fewer rows end no sooner. */
const INITIAL_ROWS = 50;
const MAX_ROWS = 1_000;
/** The longest pause, in milliseconds: a statement that waited for a lock does not measure the load. */
const MAX_PAUSE_MS = 1_000;
/** Consecutive failures of one kind, as on a busy database. Each retry has fewer rows. */
const RETRIES = 5;

type Options = {
  pace?: Pace;
  /** Called before each statement; false ends the purge. */
  canContinue?: () => boolean | Promise<boolean>;
};

type PurgeRuntime = Pick<Runtime, 'monotonicMs' | 'sleep'>;

export type Purge = ReturnType<typeof createPurge>;

/**
 * Creates a purge that ends overdue rows in small batches. Several processes may run it at once, since each skips rows that
 * another process has locked.
 *
 * @param options.isEmbedded the database has no process of its own that reclaims space
 * @param options.subscriptions the partner's endpoints: an end that the purge makes is an event, too
 * @param options.onError called for each failed kind with the error's name and code; the other kinds continue
 */
export function createPurge(
  database: Database,
  now: () => Date,
  {
    isEmbedded,
    onError,
    subscriptions = [],
  }: {
    isEmbedded: boolean;
    onError: (kind: string, cause: string) => void;
    subscriptions?: readonly EventSubscription[];
  },
  runtime: PurgeRuntime = systemRuntime,
) {
  const rules = createRetentionRules(database, now, subscriptions);

  return async function runPurge(options: Options = {}): Promise<PurgeResult> {
    const result: PurgeResult = { counts: {}, failedKinds: [] };
    async function runStep(kind: string, work: () => Promise<unknown>): Promise<void> {
      await work().catch((error: unknown) => {
        result.failedKinds.push(kind);
        onError(kind, formatError(error));
      });
    }
    for (const { kind, batches } of rules) {
      result.counts[kind] = 0;
      const count = (rows: number) => {
        result.counts[kind] = (result.counts[kind] ?? 0) + rows;
      };
      await runStep(kind, async () => {
        for (const endBatch of batches) await runBatches(runtime, endBatch, count, options);
      });
    }
    if (isEmbedded) await runStep('space', () => runMaintenance(database));
    return result;
  };
}

/** Runs a batch's statement until it finds no more rows. */
async function runBatches(
  runtime: PurgeRuntime,
  endBatch: EndBatch,
  count: (rows: number) => void,
  { pace: { batchMs, pauses } = FULL_SPEED, canContinue = () => true }: Options,
): Promise<void> {
  let from: Date | undefined;
  for (let [limit, failures] = [INITIAL_ROWS, 0]; await canContinue(); ) {
    const [batchLimit, start] = [limit, runtime.monotonicMs()];
    const batch = await endBatch(batchLimit, from).catch((error: unknown) => {
      failures += 1;
      if (!(error instanceof StoreError) || failures > RETRIES) throw error;
      return undefined;
    });
    const tookMs = runtime.monotonicMs() - start;
    if (batch === undefined) {
      limit = Math.max(1, Math.floor(batchLimit / 2));
      await runtime.sleep(MAX_PAUSE_MS);
      continue;
    }
    failures = 0;
    limit = computeBatchRows(batchLimit, batchMs / tookMs);
    count(batch.rows);
    if (batch.rows < batchLimit) return;
    from = batch.last;
    if (pauses > 0) await runtime.sleep(Math.min(tookMs * pauses, MAX_PAUSE_MS));
  }
}

/** Returns the rows of the next statement: between half and twice as many, since one statement may be slow by chance. */
function computeBatchRows(rows: number, factor: number): number {
  const next = Math.round(rows * Math.min(2, Math.max(0.5, factor)));
  return Math.min(MAX_ROWS, Math.max(Math.min(rows, INITIAL_ROWS), next));
}

/** Runs vacuum and checkpoint, which PGlite never does by itself; without them it does not reuse space or WAL files. */
async function runMaintenance(database: Database): Promise<void> {
  await database.execute(sql`vacuum`);
  await database.execute(sql`checkpoint`);
}
