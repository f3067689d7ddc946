import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/node-postgres';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import type { PgDatabase, PgQueryResultHKT } from 'drizzle-orm/pg-core';
import { type ClientBase, Pool, type PoolConfig } from 'pg';
import { lockFolder } from './lock.ts';
import { PgliteStream } from './pglite-stream.ts';
import * as schema from './schema.ts';

export type Database = PgDatabase<PgQueryResultHKT, typeof schema>;
export type OpenDatabase = {
  database: Database;
  /** Whether what was committed is there after a power cut, too. */
  survivesPowerLoss: boolean;
  close: () => Promise<void>;
};

const migrationsFolder = join(process.cwd(), 'lib', 'store', 'migrations');

/** Who the embedded database is to itself. Whatever the environment says (`PGUSER`) is about another one. */
const ITSELF = { user: 'postgres', database: 'postgres' };

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
  const database = drizzle(pool, { schema });
  let survivesPowerLoss = false;
  const turn = new Pool({ connectionString, max: 1 });
  try {
    const client = await turn.connect();
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await migrate(drizzle(client, { schema }), { migrationsFolder });
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
  // One connection for good: there is one session, and it keeps its statements whoever speaks to it.
  const stream = () => new PgliteStream(client);
  const onConnect = (connected: ClientBase) => connected.query('deallocate all');
  const pool = new Pool({ ...ITSELF, max: 1, idleTimeoutMillis: 0, stream, onConnect } as PoolConfig);
  pool.on('error', () => {}); // the next query says what is wrong
  const database = drizzle(pool, { schema });
  await migrate(database, { migrationsFolder });
  const close = async () => {
    await pool.end();
    await client.close();
    unlock();
  };
  return { database, survivesPowerLoss: false, close };
}
