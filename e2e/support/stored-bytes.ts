import { createDecipheriv } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { PGlite } from '@electric-sql/pglite';

/** An encrypted value: the id of its key, a dot, and 12 bytes of nonce, 16 of tag and the ciphertext (docs/security.md). */
const ENCRYPTED_VALUE = /local\.[\w-]{40,}/g;
const [NONCE_BYTES, TAG_BYTES] = [12, 16];

/** Reads all files of a folder. */
export const readFiles = (folder: string): [string, Buffer][] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => [file, readFileSync(file)]);

/** Decrypts a value without its tag: GCM is counter mode that begins at 2 (NIST SP 800-38D, 7.1). */
function decrypt(value: string, key: Buffer): Buffer {
  const bytes = Buffer.from(value.slice(value.indexOf('.') + 1), 'base64url');
  const counter = Buffer.concat([bytes.subarray(0, NONCE_BYTES), Buffer.from([0, 0, 0, 2])]);
  return createDecipheriv('aes-256-ctr', key, counter).update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
}

async function readRows(folder: string): Promise<string> {
  const database = await PGlite.create(join(folder, 'pglite'));
  const { rows: tables } = await database.query<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables where schemaname not in ('pg_catalog', 'information_schema')`,
  );
  const rows: string[] = [];
  for (const { name } of tables) {
    const result = await database.query<{ row: string }>(`select to_jsonb(t)::text as row from ${name} t`);
    rows.push(...result.rows.map(({ row }) => `${name} ${row}`));
  }
  await database.close();
  return rows.join('\n');
}

/**
 * Reads all that a stopped server has stored in its `DATA_DIR`: the files, the rows of all tables, and every encrypted value in both
 * (earlier versions of rows included) decrypted with the key of `.env.example`.
 */
export async function readStoredBytes(folder: string): Promise<[string, Buffer][]> {
  const key = Buffer.from(
    (parseEnv(readFileSync('.env.example', 'utf8'))['DATA_KEY'] ?? '').slice('local:'.length),
    'base64',
  );
  const files = readFiles(folder);
  const rows = Buffer.from(await readRows(folder));
  const values = [rows, ...files.map(([, bytes]) => bytes)].flatMap((bytes) =>
    [...bytes.toString('latin1').matchAll(ENCRYPTED_VALUE)].map(([value]) => value),
  );
  const decrypted = [...new Set(values)].map((value) => decrypt(value, key));
  return [...files, ['rows', rows], ['decrypted values', Buffer.concat(decrypted)]];
}
