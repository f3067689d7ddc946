import type { SQL } from 'drizzle-orm';
import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import { DAY_MS } from '../../domain/time.ts';
import type { EventSubscription } from '../application-events/write-event.ts';
import type { Database } from '../database.ts';
import { DRAFT_DAYS } from '../drafts.ts';
import type { createRetentionBatches, EndBatch } from './batches.ts';

export const DRAFT_MS = DRAFT_DAYS * DAY_MS;
/**
 * For phone hashes and the events of the statistics: a year and a month, so that the statistics can compare a month with the same
 * month of the previous year.
 */
export const LONG_PERIOD_MS = 400 * DAY_MS;

export type RetentionRule = {
  /** The name under which ended rows are counted. */
  kind: string;
  what: string;
  period: string;
  /** The table whose rows are deleted or end, or the columns that are emptied. */
  ends: PgTable | readonly PgColumn[];
  /** Run in this order, each until it finds no more rows. */
  batches: readonly EndBatch[];
};

export type RetentionContext = ReturnType<typeof createRetentionBatches> & {
  database: Database;
  now: () => Date;
  subscriptions: readonly EventSubscription[];
  getTimeBefore: (ms: number) => Date;
  /** Builds a condition: the draft exists and has not expired at the time. */
  hasDraft: (id: PgColumn, time: SQL | Date) => SQL;
};
