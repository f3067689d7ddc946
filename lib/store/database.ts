import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle as drizzlePostgres } from 'drizzle-orm/node-postgres';
import { migrate as migratePostgres } from 'drizzle-orm/node-postgres/migrator';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { drizzle as drizzlePglite } from 'drizzle-orm/pglite';
import { migrate as migratePglite } from 'drizzle-orm/pglite/migrator';
import { Pool } from 'pg';
import { lockFolder } from './lock.ts';
import * as schema from './schema.ts';

export type Database = PgDatabase<PgQueryResultHKT, typeof schema>;
export type OpenDatabase = { database: Database; close: () => Promise<void> };

const migrationsFolder = join(process.cwd(), 'lib', 'store', 'migrations');

/** Any number that nobody else uses: instances that start together take turns at migrating. */
const MIGRATION_LOCK = 7_316_402;

/** Postgres, for any number of instances. Migrated when it resolves. */
export async function openPostgres(connectionString: string): Promise<OpenDatabase> {
  const pool = new Pool({ connectionString, max: 10, connectionTimeoutMillis: 1_000, statement_timeout: 1_000 });
  pool.on('error', () => {}); // an idle connection that drops is replaced; the next query says what is wrong
  const database = drizzlePostgres(pool, { schema });
  const turn = new Pool({ connectionString, max: 1 });
  try {
    const client = await turn.connect();
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migratePostgres(drizzlePostgres(client, { schema }), { migrationsFolder });
    client.release();
  } finally {
    await turn.end(); // ends the session, and the lock with it
  }
  return { database, close: () => pool.end() };
}

/**
 * The embedded database in a folder, for one process. It survives a killed process but not a power cut: it does not
 * wait for the disk.
 *
 * @throws FolderInUse when another process has the folder
 */
export async function openPglite(folder: string): Promise<OpenDatabase> {
  const unlock = lockFolder(folder);
  const client = await PGlite.create(join(folder, 'pglite'));
  const database = drizzlePglite(client, { schema });
  await migratePglite(database, { migrationsFolder });
  const close = async () => {
    await client.close();
    unlock();
  };
  return { database, close };
}
