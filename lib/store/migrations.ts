import { join } from 'node:path';
import { readMigrationFiles } from 'drizzle-orm/migrator';
import { type Client, DatabaseError } from 'pg';

export const MIGRATIONS_FOLDER = join(process.cwd(), 'lib', 'store', 'migrations');

/** A folder of migrations and the table of applied ones in the schema `drizzle`. */
export type Migrations = { migrationsFolder: string; migrationsTable: string };
/** Additions, which the previous version tolerates. */
export const EXPANSION: Migrations = { migrationsFolder: MIGRATIONS_FOLDER, migrationsTable: '__drizzle_migrations' };
/** Removals, applied when no instance of the previous version is running (docs/decisions/0126). */
export const CONTRACTION: Migrations = {
  migrationsFolder: join(MIGRATIONS_FOLDER, 'contract'),
  migrationsTable: '__contract_migrations',
};

/** A missing table or schema, or a missing right: `npm run migrate` has not run, or not for this role. */
const NOT_MIGRATED_CODES = new Set(['42P01', '3F000', '42501']);

/**
 * Returns whether the newest migration of this code is applied. A newer database is current too: migrations only add.
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
