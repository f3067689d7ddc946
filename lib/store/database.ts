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
export type OpenDatabase = {
  database: Database;
  /** Whether what was committed is there after a power cut, too. */
  survivesPowerLoss: boolean;
  close: () => Promise<void>;
};

const migrationsFolder = join(process.cwd(), 'lib', 'store', 'migrations');

/** Any number that nobody else uses: instances that start together take turns at migrating. */
const MIGRATION_LOCK = 7_316_402;

/**
 * Postgres, for any number of instances. Migrated when it resolves.
 *
 * @throws when it acknowledges commits that it may lose: the ledger would promise what it cannot keep
 */
export async function openPostgres(connectionString: string): Promise<OpenDatabase> {
  const pool = new Pool({ connectionString, max: 10, connectionTimeoutMillis: 1_000, statement_timeout: 1_000 });
  pool.on('error', () => {}); // an idle connection that drops is replaced; the next query says what is wrong
  const database = drizzlePostgres(pool, { schema });
  let survivesPowerLoss = false;
  const turn = new Pool({ connectionString, max: 1 });
  try {
    const client = await turn.connect();
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migratePostgres(drizzlePostgres(client, { schema }), { migrationsFolder });
    const { rows } = await client.query<{ commits: string; fsync: string }>(
      `select current_setting('synchronous_commit') as commits, current_setting('fsync') as fsync`,
    );
    client.release();
    if (rows[0]?.commits === 'off')
      throw new Error('Wrong in the environment: DATABASE_URL (synchronous_commit is off)');
    survivesPowerLoss = rows[0]?.fsync === 'on';
  } finally {
    await turn.end(); // ends the session, and the lock with it
  }
  return { database, survivesPowerLoss, close: () => pool.end() };
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
  return { database, survivesPowerLoss: false, close };
}
