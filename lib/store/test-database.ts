import { Client } from 'pg';
import { type OpenDatabase, openPostgres } from './database.ts';

/**
 * A Postgres database for one test file: what it deletes or counts must not be another file's.
 *
 * @param url of the server of all unit tests
 */
export async function openOwnPostgres(url: string, name: string): Promise<OpenDatabase> {
  const client = new Client({ connectionString: url });
  await client.connect();
  await client.query(`create database ${name}`);
  await client.end();
  return openPostgres(url.replace('/postgres?', `/${name}?`));
}
