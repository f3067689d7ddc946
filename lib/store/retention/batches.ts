import { and, asc, gte, type Placeholder, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Database } from '../database.ts';
import { submissions } from '../schema.ts';

/** The number of ended rows, and the last of their times when the next batch can begin there. */
export type BatchResult = { rows: number; last?: Date | undefined };

/**
 * Ends up to `limit` rows that no other process has locked.
 *
 * @param from the `last` of the previous batch: the index entries of its deleted rows are not read again. While a long
 * transaction runs, such as a backup, vacuum cannot remove them.
 */
export type EndBatch = (limit: number, from: Date | undefined) => Promise<BatchResult>;

/** Finds expired rows in the order of one index. */
type RowQuery = {
  key: PgColumn;
  /** A time that ending the row does not change. Rows without one match only a condition that asks for them. */
  orderColumn: PgColumn;
  /** Returns the condition for each batch, since it contains the current time. */
  getCondition: () => SQL | undefined;
};
type GetCondition = RowQuery['getCondition'];

export function createRetentionBatches(database: Database) {
  const buildLockedRows = ({ key, orderColumn, getCondition }: RowQuery, limit: number | Placeholder, from?: Date) => {
    const isNext = and(getCondition(), from && gte(orderColumn, from));
    const query = database.select({ key }).from(key.table).where(isNext).orderBy(asc(orderColumn)).limit(limit);
    // As an array: Postgres may plan a join by the key as a scan of the whole table.
    return sql`${key} = any(array(${query.for('update', { skipLocked: true })}))`;
  };

  return {
    buildLockedRows,

    createDeletion(key: PgColumn, orderColumn: PgColumn, getCondition: GetCondition): EndBatch {
      return async (limit, from) => {
        const isEnded = buildLockedRows({ key, orderColumn, getCondition }, limit, from);
        return toBatch(await database.delete(key.table).where(isEnded).returning({ at: orderColumn }));
      };
    },

    createSubmissionUpdate(
      columns: Partial<typeof submissions.$inferInsert>,
      orderColumn: PgColumn,
      getCondition: GetCondition,
    ): EndBatch {
      return async (limit, from) => {
        const isEnded = buildLockedRows({ key: submissions.id, orderColumn, getCondition }, limit, from);
        return toBatch(await database.update(submissions).set(columns).where(isEnded).returning({ at: orderColumn }));
      };
    },
  };
}

function toBatch(endedRows: readonly { at: unknown }[]): BatchResult {
  const last = endedRows.reduce<Date | undefined>(
    (newest, { at: time }) => (time instanceof Date && !(newest && newest > time) ? time : newest),
    undefined,
  );
  return { rows: endedRows.length, last };
}
