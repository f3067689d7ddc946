import { and, asc, gt, isNotNull, ne, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { type Keys, MAX_KEY_ID_LENGTH } from '../crypto/encryption.ts';
import type { Database } from './database.ts';
import { withStatementLimit } from './database-session.ts';
import { decryptText, ENCRYPTED_COLUMNS, type EncryptedKind, encryptValue } from './encrypted-values.ts';

export type KeyUse = { kind: EncryptedKind; keyId: string; rows: number };

const KINDS = Object.keys(ENCRYPTED_COLUMNS) as EncryptedKind[];
const BATCH_ROWS = 200;
/** The timeout of a statement, in milliseconds: it may skip millions of rows that need no work. */
const BATCH_MS = 60_000;
/** A limit, since a server that still encrypts with an old key creates new rows for as long as it runs. */
const MAX_PASSES = 10;

/** Builds the key id at the start of a value. Postgres reads only the first bytes of a value stored out of line. */
const getKeyId = (column: PgColumn) =>
  sql<string>`split_part(left(${column}, ${sql.raw(String(MAX_KEY_ID_LENGTH + 1))}), '.', 1)`;

/** Returns the id column of an encrypted column's table. */
function getRowId({ table }: PgColumn): PgColumn {
  const { id } = table as unknown as Record<string, PgColumn | undefined>;
  if (!id) throw new Error('A table with encrypted values has an id');
  return id;
}

/** Counts the rows of each kind by key. It reads all tables with encrypted values. */
export async function countRowsByKey(database: Database): Promise<KeyUse[]> {
  const uses: KeyUse[] = [];
  for (const kind of KINDS) {
    const column = ENCRYPTED_COLUMNS[kind];
    const keyId = getKeyId(column);
    const rows = await database
      .select({ keyId, rows: sql<number>`count(*)::int` })
      .from(column.table)
      .where(isNotNull(column))
      .groupBy(keyId)
      .orderBy(keyId);
    uses.push(...rows.map((row) => ({ kind, ...row })));
  }
  return uses;
}

type Row = { id: string; value: string };

/** Finds the next rows of a kind, ordered by id, that are not encrypted with the active key. */
function findBatch(
  database: Database,
  kind: EncryptedKind,
  afterId: string | undefined,
  { data }: Keys,
): Promise<Row[]> {
  const column = ENCRYPTED_COLUMNS[kind];
  const id = getRowId(column);
  const isOld = and(
    isNotNull(column),
    ne(getKeyId(column), data[0].id),
    afterId === undefined ? undefined : gt(id, afterId),
  );
  return database.transaction((transaction) =>
    withStatementLimit(transaction, BATCH_MS, (limited) =>
      limited
        .select({ id: sql<string>`${id}`, value: sql<string>`${column}` })
        .from(column.table)
        .where(isOld)
        .orderBy(asc(id))
        .limit(BATCH_ROWS),
    ),
  );
}

/** Replaces values that have not changed since they were read: a running server may have saved a new one. */
function buildReplaceStatement(kind: EncryptedKind, rows: readonly (Row & { renewed: string })[]): SQL {
  const column = ENCRYPTED_COLUMNS[kind];
  const id = getRowId(column);
  const list = (values: string[]) => sql`${sql.param(values)}::text[]`;
  return sql`
    update ${column.table} set ${sql.identifier(column.name)} = renewed.after
    from unnest(${list(rows.map((row) => row.id))}, ${list(rows.map(({ value }) => value))},
      ${list(rows.map(({ renewed }) => renewed))}) as renewed (id, before, after)
    where ${id} = renewed.id::${sql.raw(id.getSQLType())} and ${column} = renewed.before`;
}

/** Processes the rows of a kind once. @returns the number that it could decrypt */
async function runPass(database: Database, kind: EncryptedKind, keys: Keys): Promise<number> {
  let decryptedCount = 0;
  for (let afterId: string | undefined; ; ) {
    const batch = await findBatch(database, kind, afterId, keys);
    const renewedRows = batch.flatMap(({ id, value }) => {
      const text = decryptText(kind, id, value, keys);
      return text === undefined ? [] : [{ id, value, renewed: encryptValue(kind, id, text, keys) }];
    });
    if (renewedRows.length > 0) await database.execute(buildReplaceStatement(kind, renewedRows));
    decryptedCount += renewedRows.length;
    afterId = batch.at(-1)?.id;
    if (afterId === undefined) return decryptedCount;
  }
}

/**
 * Encrypts every value with the active key while servers run. Another pass finds values that were saved meanwhile; values
 * whose key is missing stay. It may be stopped and restarted.
 */
export async function reencrypt(database: Database, keys: Keys): Promise<void> {
  for (const kind of KINDS) {
    for (let pass = 0; pass < MAX_PASSES && (await runPass(database, kind, keys)) > 0; pass += 1);
  }
}
