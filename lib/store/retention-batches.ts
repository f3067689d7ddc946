import { and, asc, gte, type Placeholder, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Database } from './database.ts';
import { submissions } from './schema.ts';

/** Rows that were ended, and the last of their times where the next batch can begin with it. */
export type BatchResult = { rows: number; last?: Date | undefined };

/**
 * Ends up to `limit` rows that no other process is at work on.
 *
 * @param from the `last` of the batch before: the places of rows that are gone are not read again. Beside a long transaction, such as a
 * backup, nothing can free them.
 */
export type EndBatch = (limit: number, from: Date | undefined) => Promise<BatchResult>;

/**
 * Rows that have run out, found in the order of one index.
 *
 * @param by a time that ending the row does not change; a row without one is found only when `where` asks for it
 * @param where asked anew for each batch, since it names the present
 */
type RowQuery = { key: PgColumn; orderColumn: PgColumn; getCondition: () => SQL | undefined };

export function createRetentionBatches(database: Database) {
  const lockRows = ({ key, orderColumn, getCondition }: RowQuery, limit: number | Placeholder, from?: Date) => {
    const isNext = and(getCondition(), from && gte(orderColumn, from));
    const query = database.select({ key }).from(key.table).where(isNext).orderBy(asc(orderColumn)).limit(limit);
    // As an array: a join by the key may be planned as a scan of the whole table.
    return sql`${key} = any(array(${query.for('update', { skipLocked: true })}))`;
  };

  return {
    lockRows,

    deleteRows(key: PgColumn, orderColumn: PgColumn, getCondition: RowQuery['getCondition']): EndBatch {
      return async (limit, from) => {
        const isEnded = lockRows({ key, orderColumn, getCondition }, limit, from);
        return toBatch(await database.delete(key.table).where(isEnded).returning({ at: orderColumn }));
      };
    },

    clearSubmissions(
      columns: Partial<typeof submissions.$inferInsert>,
      orderColumn: PgColumn,
      getCondition: RowQuery['getCondition'],
    ): EndBatch {
      return async (limit, from) => {
        const isEnded = lockRows({ key: submissions.id, orderColumn, getCondition }, limit, from);
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
