import { readMigrationFiles } from 'drizzle-orm/migrator';
import { type Client, DatabaseError, type QueryConfig } from 'pg';
import { CONTRACTION, EXPANSION, type Migrations } from './migrations.ts';
import { withPostgres } from './postgres-connection.ts';

/** The advisory lock that serializes `npm run migrate`: any number that no other program uses. */
const MIGRATION_LOCK = 7_316_402;
const LOCK_WAIT_MS = 10_000;
/** The answer timeout, in milliseconds: longer than the wait for a lock. */
const ANSWER_TIMEOUT_MS = 15_000;
/** Longer than the creation of an index on a ledger of millions of rows. */
const STATEMENT_MS = 590_000;
/** The client waits for the server's answer to a statement that it has ended. */
const MIGRATION_MS = STATEMENT_MS + 10_000;

/** Append-only tables: the app's role can neither update nor delete their rows. */
const APPEND_ONLY = new Set(['audit', 'audit_entries', 'audit_anchors', 'submission_events']);

/** SQLSTATE of a lock that was not released within `lock_timeout`. */
const LOCK_NOT_AVAILABLE = '55P03';

type Options = {
  /** The app's role, which gets the rights that it needs. Without it, rights stay unchanged. */
  appRole?: string | undefined;
  /** No instance of the previous version is running, so its columns and indexes may be removed. */
  canContract?: boolean;
  /** The longest wait for each lock, in milliseconds. */
  lockWaitMs?: number;
};

/**
 * Applies the missing migrations in one transaction, as the owner of the tables, and grants the app's role its rights. It is
 * idempotent. A new database gets the contraction at once.
 *
 * @param connectionString the owner's `DATABASE_URL`
 * @throws when a lock is not free in time, and when the app's role could change the tables
 */
export async function applyPostgresMigrations(
  connectionString: string,
  { appRole, canContract = false, lockWaitMs = LOCK_WAIT_MS }: Options = {},
): Promise<void> {
  const run = async (client: Client) => {
    await client.query('begin');
    await client.query(`set local lock_timeout = ${lockWaitMs}`);
    // The server ends the statement, and so its locks, before the client gives up: it does not notice a client that left.
    await client.query(`set local statement_timeout = ${STATEMENT_MS}`);
    if (appRole) await assertNotOwner(client, appRole);
    // The lock ends with the transaction, since a pooler hands a session with its locks to another client.
    await withLockError('another `npm run migrate` is running', () =>
      client.query('select pg_advisory_xact_lock($1)', [MIGRATION_LOCK]),
    );
    await withLockError('a long transaction or a backup holds a table', async () => {
      const isNew = await applyMissing(client, EXPANSION);
      if (isNew || canContract) await applyMissing(client, CONTRACTION);
      if (appRole) await setAppRights(client, appRole);
    });
    await client.query('commit');
  };
  await withPostgres(connectionString, run, { answerMs: ANSWER_TIMEOUT_MS + lockWaitMs });
}

/** Applies migrations like drizzle's migrator, which cannot join our transaction. @returns whether none was applied before */
async function applyMissing(client: Client, { migrationsFolder, migrationsTable }: Migrations): Promise<boolean> {
  const table = `drizzle.${migrationsTable}`;
  await client.query('create schema if not exists drizzle');
  await client.query(
    `create table if not exists ${table} (id serial primary key, hash text not null, created_at bigint)`,
  );
  const { rows } = await client.query<{ newest: string | null }>(`select max(created_at) as newest from ${table}`);
  const newest = Number(rows[0]?.newest ?? 0);
  const missing = readMigrationFiles({ migrationsFolder }).filter(({ folderMillis }) => folderMillis > newest);
  for (const { sql, hash, folderMillis } of missing) {
    for (const text of sql) await client.query({ text, query_timeout: MIGRATION_MS } as QueryConfig);
    await client.query(`insert into ${table} (hash, created_at) values ($1, $2)`, [hash, folderMillis]);
  }
  return newest === 0;
}

async function withLockError(holder: string, wait: () => Promise<unknown>): Promise<void> {
  try {
    await wait();
  } catch (error) {
    const cause = error instanceof Error && error.cause ? error.cause : error;
    if (!(cause instanceof DatabaseError) || cause.code !== LOCK_NOT_AVAILABLE) throw error;
    throw new Error(`A lock was not free in time: ${holder}. Nothing was changed; run it again.`, { cause });
  }
}

/** Rejects an owner, a superuser and a member of the owner's role, who can grant themselves every right. */
async function assertNotOwner(client: Client, appRole: string): Promise<void> {
  const { rows } = await client.query<{ isOwner: boolean }>(
    `select pg_has_role($1::name, current_user, 'member') or has_database_privilege($1::name, current_database(), 'create')
         or has_schema_privilege($1::name, 'public', 'create')
         or exists (select from pg_class where relnamespace = 'public'::regnamespace and pg_has_role($1::name, relowner, 'member'))
       as "isOwner"`,
    [appRole],
  );
  if (rows[0]?.isOwner)
    throw new Error(`The role ${appRole} owns tables or may create them. Give the app a role without such rights.`);
}

/**
 * Grants exactly the rights that the app needs on the owner's tables and revokes others of earlier versions. The migration's
 * transaction includes it, so running instances never lack a right.
 */
async function setAppRights(client: Client, appRole: string): Promise<void> {
  const role = client.escapeIdentifier(appRole);
  const { rows } = await client.query<{ name: string; kind: 'r' | 'S' }>(
    `select relname as name, relkind as kind from pg_class
     where relnamespace = 'public'::regnamespace and relkind in ('r', 'S') and relowner = current_user::regrole`,
  );
  const statements = rows.flatMap(({ name, kind }) => {
    const object = `${kind === 'S' ? 'sequence' : 'table'} public.${client.escapeIdentifier(name)}`;
    return [`revoke all on ${object} from ${role}`, `grant ${getRights(name, kind)} on ${object} to ${role}`];
  });
  const migrationGrants = [
    `grant usage on schema public, drizzle to ${role}`,
    `grant select on drizzle.__drizzle_migrations to ${role}`,
  ];
  await client.query([...statements, ...migrationGrants].join(';'));
}

function getRights(name: string, kind: 'r' | 'S'): string {
  if (kind === 'S') return 'usage';
  return APPEND_ONLY.has(name) ? 'select, insert' : 'select, insert, update, delete';
}
