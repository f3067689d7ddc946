import { join } from 'node:path';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { type Client, DatabaseError } from 'pg';

export const MIGRATIONS_FOLDER = join(process.cwd(), 'lib', 'store', 'migrations');

/** A folder of migrations and the table, in the schema `drizzle`, of those that were applied. */
export type Migrations = { migrationsFolder: string; migrationsTable: string };
/** What the version before goes on beside: additions. */
export const EXPANSION: Migrations = { migrationsFolder: MIGRATIONS_FOLDER, migrationsTable: '__drizzle_migrations' };
/** What ends the version before: it is applied when no instance of it is left (docs/decisions/0126). */
export const CONTRACTION: Migrations = {
  migrationsFolder: join(MIGRATIONS_FOLDER, 'contract'),
  migrationsTable: '__contract_migrations',
};

/** No such table, no such schema, no right to read it: `npm run migrate` has not run, or not for this role. */
const NOT_MIGRATED_CODES = new Set(['42P01', '3F000', '42501']);

/**
 * Whether the newest migration of this code is applied. A database that is newer is current, too: migrations only add.
 *
 * @throws DatabaseError for everything but a missing or unreadable list of migrations
 */
export async function isSchemaCurrent(client: Client): Promise<boolean> {
  const newest = readMigrationFiles(EXPANSION).at(-1);
  try {
    const appliedQuery = 'select 1 from drizzle.__drizzle_migrations where created_at = $1';
    return (await client.query(appliedQuery, [newest?.folderMillis])).rows.length > 0;
  } catch (error) {
    if (error instanceof DatabaseError && NOT_MIGRATED_CODES.has(error.code ?? '')) return false;
    throw error;
  }
}
