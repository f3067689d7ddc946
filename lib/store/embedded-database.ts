import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { migrate } from 'drizzle-orm/node-postgres/migrator';
import { type ClientBase, Pool, type PoolConfig } from 'pg';
import { ConfigurationError } from '../config/configuration-error.ts';
import { acquireDataDirLock } from './data-dir-lock.ts';
import type { OpenDatabase } from './database.ts';
import { createPoolDatabase } from './database-session.ts';
import { CONTRACTION, EXPANSION } from './migrations.ts';
import { PgliteStream } from './pglite-stream.ts';
import { countConnections } from './postgres-pool.ts';
import { createWriteHealth } from './write-health.ts';

/** Set explicitly, since variables such as `PGUSER` describe another database. */
const OWN_CONNECTION = { user: 'postgres', database: 'postgres' };

const DAMAGED_MESSAGE =
  'DATA_DIR (its database does not open; docs/operations.md, "An embedded database that does not open")';

/**
 * Opens the embedded database in a folder, for one process. Commits survive a killed process but not a power cut, because
 * PGlite does not wait for the disk.
 *
 * @throws DataDirInUseError when another process has the folder
 * @throws ConfigurationError when its files are damaged, or the disk is full
 */
export async function openPglite(folder: string): Promise<OpenDatabase> {
  const releaseLock = acquireDataDirLock(folder);
  const client = await PGlite.create(join(folder, 'pglite')).catch((error: Error & { code?: string }) => {
    releaseLock();
    throw error.code ? error : new ConfigurationError(DAMAGED_MESSAGE);
  });
  let isBroken = false;
  const onEnd = () => {
    isBroken = true;
  };
  // One connection that stays open: PGlite has one session, and prepared statements belong to it.
  const createStream = () => new PgliteStream(client, onEnd);
  const onConnect = (newClient: ClientBase) => newClient.query('deallocate all');
  const pool = new Pool({
    ...OWN_CONNECTION,
    max: 1,
    idleTimeoutMillis: 0,
    stream: createStream,
    onConnect,
  } as PoolConfig);
  pool.on('error', () => {}); // the next query reports the error
  const writes = createWriteHealth();
  const database = createPoolDatabase(pool, { onWrite: writes.recordWrite });
  // One process has the folder, so no instance of the previous version is running.
  for (const migrations of [EXPANSION, CONTRACTION]) await migrate(database, migrations);
  return {
    database,
    writes,
    // No setting has to accept the missing durability: the documents describe the purpose of this database.
    durability: { losses: [], isDurable: false, hasStatementTimeout: true },
    countConnections: () => countConnections(pool),
    isBroken: () => isBroken,
    close: async () => {
      await pool.end();
      await client.close();
      releaseLock();
    },
  };
}
