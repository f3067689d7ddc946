import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { type Client, type ClientBase, DatabaseError, Pool, type PoolConfig } from 'pg';
import { ConfigurationError } from '../config/configuration-error.ts';
import { type Durability, findDurability } from './durability.ts';
import { lockFolder } from './lock.ts';
import { isSchemaCurrent, MIGRATIONS_FOLDER } from './migrations.ts';
import { PgliteStream } from './pglite-stream.ts';
import { withPostgres } from './postgres-connection.ts';
import { createPostgresPool, type PostgresSettings } from './postgres-pool.ts';
import { type Database, openDatabase } from './session.ts';
import { createWriteHealth, type WriteHealth } from './write-health.ts';

export type { Database };
export type OpenDatabase = {
  database: Database;
  durability: Durability;
  writes: WriteHealth;
  close: () => Promise<void>;
};

/** It does not wait for the disk. Nobody has to accept that by a setting: the documents say what it is for. */
const EMBEDDED_DURABILITY: Durability = { losses: [], survivesPowerLoss: false };

/** Who the embedded database is to itself. Whatever the environment says (`PGUSER`) is about another one. */
const ITSELF = { user: 'postgres', database: 'postgres' };

/**
 * Postgres, for any number of instances. The schema must be there: the role that serves may not change it.
 *
 * @param url `DATABASE_URL`
 * @throws ConfigurationError when the database does not answer in time or refuses, when its schema is older than this
 * code, and when a pooler does not keep prepared statements
 */
export async function openPostgres(url: string, settings: PostgresSettings): Promise<OpenDatabase> {
  const durability = await withPostgres(url, checkPostgres);
  if (settings.arePrepared) await checkPreparedStatements(url);
  const pool = createPostgresPool(url, settings);
  const writes = createWriteHealth();
  const database = openDatabase(pool, { arePrepared: settings.arePrepared, onWrite: writes.note });
  return { database, durability, writes, close: () => pool.end() };
}

async function checkPostgres(client: Client): Promise<Durability> {
  if (!(await isSchemaCurrent(client)))
    throw new ConfigurationError(
      'DATABASE_URL (its schema is older than this version: run `npm run migrate` as its owner)',
    );
  return findDurability(client);
}

/** No such statement, or one of another connection's: the pooler has changed the session in between. */
const NOT_KEPT = new Set(['26000', '42P05']);

/** A pooler gives a client's next transaction the session that another client holds as little as possible: so one is held. */
async function checkPreparedStatements(url: string): Promise<void> {
  const statement = { name: 'boot_check', text: 'select 1' };
  await withPostgres(url, async (client) => {
    try {
      await client.query(statement);
      await withPostgres(url, async (other) => {
        await other.query('begin');
        await client.query(statement);
      });
    } catch (error) {
      if (!(error instanceof DatabaseError) || !NOT_KEPT.has(error.code ?? '')) throw error;
      throw new ConfigurationError('DATABASE_PREPARED_STATEMENTS (the pooler does not keep them: set it to off)');
    }
  });
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
  const writes = createWriteHealth();
  const database = openDatabase(pool, { onWrite: writes.note });
  await migrate(database, { migrationsFolder: MIGRATIONS_FOLDER });
  const close = async () => {
    await pool.end();
    await client.close();
    unlock();
  };
  return { database, durability: EMBEDDED_DURABILITY, writes, close };
}
