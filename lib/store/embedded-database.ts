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

/** Who the embedded database is to itself. Whatever the environment says (`PGUSER`) is about another one. */
const OWN_CONNECTION = { user: 'postgres', database: 'postgres' };

const DAMAGED_MESSAGE =
  'DATA_DIR (its database does not open; docs/operations.md, "An embedded database that does not open")';

/**
 * The embedded database in a folder, for one process. It survives a killed process but not a power cut: it does not
 * wait for the disk.
 *
 * @throws FolderInUse when another process has the folder
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
  // One connection for good: there is one session, and it keeps its statements whoever speaks to it.
  const createStream = () => new PgliteStream(client, onEnd);
  const onConnect = (newClient: ClientBase) => newClient.query('deallocate all');
  const pool = new Pool({
    ...OWN_CONNECTION,
    max: 1,
    idleTimeoutMillis: 0,
    stream: createStream,
    onConnect,
  } as PoolConfig);
  pool.on('error', () => {}); // the next query says what is wrong
  const writes = createWriteHealth();
  const database = createPoolDatabase(pool, { onWrite: writes.recordWrite });
  // One process has the folder, so no instance of the version before is left.
  for (const migrations of [EXPANSION, CONTRACTION]) await migrate(database, migrations);
  return {
    ...{ database, writes },
    // Nobody has to accept this by a setting: the documents say what it is for.
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
