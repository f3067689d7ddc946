import { readFileSync } from 'node:fs';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { Client } from 'pg';
import { EXPANSION } from './migrations.ts';

/** Of the version before `claims`: migrations 0000 to 0006. */
const PREVIOUS_MIGRATIONS = 7;

export type PreviousStatement = { name: string; text: string; values: readonly unknown[] };

/**
 * The statements that commit 81a719a sends when it writes a row of each table, reads it and changes it, and the tokens that it
 * returned. Recorded from its code with a stopped clock and the data key `a` of 32 bytes of 1.
 */
export const previousVersion = JSON.parse(readFileSync('lib/store/test-previous-version.json', 'utf8')) as {
  writtenAt: string;
  tokens: Record<
    | 'draft'
    | 'sentDraft'
    | 'case'
    | 'handover'
    | 'handoverCode'
    | 'device'
    | 'session'
    | 'help'
    | 'helpCode'
    | 'submission',
    string
  >;
  statements: readonly PreviousStatement[];
};

/**
 * Creates a database with the schema of the previous version, as its migrator left it.
 *
 * @param ownerUrl of the server of all unit tests
 * @returns the owner's connection, which the caller must end
 */
export async function createPreviousDatabase(ownerUrl: string, name: string): Promise<{ url: string; client: Client }> {
  const server = new Client({ connectionString: ownerUrl });
  await server.connect();
  await server.query(`create database ${name}`);
  await server.end();
  const url = ownerUrl.replace('/postgres?', `/${name}?`);
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query('create schema drizzle');
  await client.query(
    'create table drizzle.__drizzle_migrations (id serial primary key, hash text not null, created_at bigint)',
  );
  for (const { sql, hash, folderMillis } of readMigrationFiles(EXPANSION).slice(0, PREVIOUS_MIGRATIONS)) {
    for (const text of sql) await client.query(text);
    const values = [hash, folderMillis];
    await client.query('insert into drizzle.__drizzle_migrations (hash, created_at) values ($1, $2)', values);
  }
  return { url, client };
}
