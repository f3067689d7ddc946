import { and, asc, gt, isNotNull, ne, type SQL, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { type Keys, MAX_KEY_ID_LENGTH } from '../crypto/encryption.ts';
import type { Database } from './database.ts';
import { runTransaction } from './database-session.ts';
import { decryptText, ENCRYPTED_COLUMNS, type EncryptedKind, encryptValue } from './encrypted-values.ts';

export type KeyUse = { kind: EncryptedKind; keyId: string; rows: number };

const KINDS = Object.keys(ENCRYPTED_COLUMNS) as EncryptedKind[];
const BATCH_ROWS = 200;
/** A page of rows may lie behind millions that need no work. */
const BATCH_MS = 60_000;
/** A server that still encrypts with an old key makes new rows for as long as it runs. */
const MAX_PASSES = 10;

/** The id in front of an encrypted value. Only the first bytes are read, not the whole of a value that is kept aside. */
const getKeyId = (column: PgColumn) =>
  sql<string>`split_part(left(${column}, ${sql.raw(String(MAX_KEY_ID_LENGTH + 1))}), '.', 1)`;

/** How the table of an encrypted column names its rows. */
function getRowId({ table }: PgColumn): PgColumn {
  const { id } = table as unknown as Record<string, PgColumn | undefined>;
  if (!id) throw new Error('A table with encrypted values has an id');
  return id;
}

/** How many rows of each kind are encrypted with each key. Reads all tables that hold encrypted values. */
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

/** The next rows of a kind, in the order of their ids, that another key than the active one has encrypted. */
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
  return runTransaction(database, BATCH_MS, (transaction) =>
    transaction
      .select({ id: sql<string>`${id}`, value: sql<string>`${column}` })
      .from(column.table)
      .where(isOld)
      .orderBy(asc(id))
      .limit(BATCH_ROWS),
  );
}

/** Replaces values, each only if it is still the one that was read: a server may have saved over it meanwhile. */
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

/** Goes through the rows of a kind once. @returns how many it could decrypt */
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
 * Encrypts every value with the active key, beside running servers. Values that were saved while it ran are found by
 * another pass; values whose key is missing stay as they are. It may be stopped and run again.
 */
export async function reencrypt(database: Database, keys: Keys): Promise<void> {
  for (const kind of KINDS) {
    for (let pass = 0; pass < MAX_PASSES && (await runPass(database, kind, keys)) > 0; pass += 1);
  }
}
