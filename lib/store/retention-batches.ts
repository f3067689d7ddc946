import { and, asc, gte, type Placeholder, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import type { Database } from './database.ts';
import { submissions } from './schema.ts';

/** Rows that were ended, and the last of their times where the next batch can begin with it. */
export type Batch = { rows: number; last?: Date | undefined };

/**
 * Ends up to `limit` rows that no other process is at work on.
 *
 * @param from the `last` of the batch before: the places of rows that are gone are not read again. Beside a long transaction, such as a
 * backup, nothing can free them.
 */
export type EndBatch = (limit: number, from: Date | undefined) => Promise<Batch>;

/**
 * Rows that have run out, found in the order of one index.
 *
 * @param by a time that ending the row does not change; a row without one is found only when `where` asks for it
 * @param where asked anew for each batch, since it names the present
 */
type Find = { key: PgColumn; by: PgColumn; where: () => SQL | undefined };

export function retentionBatches(database: Database) {
  const lockRows = ({ key, by, where }: Find, limit: number | Placeholder, from?: Date) => {
    const isNext = and(where(), from && gte(by, from));
    const found = database.select({ key }).from(key.table).where(isNext).orderBy(asc(by)).limit(limit);
    // As an array: a join by the key may be planned as a scan of the whole table.
    return sql`${key} = any(array(${found.for('update', { skipLocked: true })}))`;
  };

  return {
    lockRows,

    deleteRows(key: PgColumn, by: PgColumn, where: Find['where']): EndBatch {
      return async (limit, from) => {
        const isEnded = lockRows({ key, by, where }, limit, from);
        return toBatch(await database.delete(key.table).where(isEnded).returning({ at: by }));
      };
    },

    emptySubmissions(columns: Partial<typeof submissions.$inferInsert>, by: PgColumn, where: Find['where']): EndBatch {
      return async (limit, from) => {
        const isEnded = lockRows({ key: submissions.id, by, where }, limit, from);
        return toBatch(await database.update(submissions).set(columns).where(isEnded).returning({ at: by }));
      };
    },
  };
}

function toBatch(ended: readonly { at: unknown }[]): Batch {
  const last = ended.reduce<Date | undefined>(
    (newest, { at }) => (at instanceof Date && !(newest && newest > at) ? at : newest),
    undefined,
  );
  return { rows: ended.length, last };
}
