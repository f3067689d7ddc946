import { type Client, DatabaseError } from 'pg';
import { ConfigurationError } from '../config/configuration-error.ts';
import { createPoolDatabase, type Database } from './database-session.ts';
import { type Durability, findDurability } from './durability.ts';
import { isSchemaCurrent } from './migrations.ts';
import { withPostgres } from './postgres-connection.ts';
import { countConnections, createPostgresPool, type PostgresSettings } from './postgres-pool.ts';
import { createWriteHealth, type WriteHealth } from './write-health.ts';

export type { Database };
export type OpenDatabase = {
  database: Database;
  durability: Durability;
  writes: WriteHealth;
  /** Returns the numbers of active and idle connections and of waiting callers. */
  countConnections: () => ReadonlyMap<string, number>;
  /** Returns true when the database has failed and works again only after a restart of the process. */
  isBroken: () => boolean;
  close: () => Promise<void>;
};

/**
 * Opens Postgres, which any number of instances may share. The schema must exist: the app's role cannot change it.
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
  const database = createPoolDatabase(pool, { arePrepared: settings.arePrepared, onWrite: writes.recordWrite });
  return {
    database,
    durability,
    writes,
    countConnections: () => countConnections(pool),
    isBroken: () => false,
    close: () => pool.end(),
  };
}

async function checkPostgres(client: Client): Promise<Durability> {
  if (!(await isSchemaCurrent(client)))
    throw new ConfigurationError(
      'DATABASE_URL (its schema is older than this version: run `npm run migrate` as its owner)',
    );
  return findDurability(client);
}

/** A missing or a duplicate prepared statement: the pooler has changed the session in between. */
const SWITCHED_SESSION_CODES = new Set(['26000', '42P05']);

/** Checks the pooler while a second client holds a transaction, which makes it switch the first client's session. */
async function checkPreparedStatements(url: string): Promise<void> {
  const statement = { name: 'boot_check', text: 'select 1' };
  await withPostgres(url, async (client) => {
    try {
      await client.query(statement);
      await withPostgres(url, async (otherClient) => {
        await otherClient.query('begin');
        await client.query(statement);
      });
    } catch (error) {
      if (!(error instanceof DatabaseError) || !SWITCHED_SESSION_CODES.has(error.code ?? '')) throw error;
      throw new ConfigurationError('DATABASE_PREPARED_STATEMENTS (the pooler does not keep them: set it to off)');
    }
  });
}
