import { Client } from 'pg';
import { type OpenDatabase, openPostgres } from './database.ts';
import { applyPostgresMigrations } from './migrate-postgres.ts';

/** Nothing here is about time: a busy machine must not fail what works. */
const TEST_SETTINGS = { poolSize: 10, connectMs: 20_000, queryMs: 20_000, arePrepared: true };

/** @param url of the app's role */
export const openTestPostgres = (url: string): Promise<OpenDatabase> => openPostgres(url, TEST_SETTINGS);

/**
 * A Postgres database for one test file, opened as the app's role: what it deletes or counts must not be another file's.
 *
 * @param urls of the server of all unit tests
 */
export async function openOwnPostgres(urls: { appUrl: string; ownerUrl: string }, name: string): Promise<OpenDatabase> {
  const client = new Client({ connectionString: urls.ownerUrl });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  const toDatabaseUrl = (url: string) => url.replace('/postgres?', `/${name}?`);
  await applyPostgresMigrations(toDatabaseUrl(urls.ownerUrl), { appRole: 'app' });
  return openTestPostgres(toDatabaseUrl(urls.appUrl));
}
