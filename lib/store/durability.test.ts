import { Client } from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Postgres, startPostgres } from '../../e2e/support/postgres.ts';
import { openTestPostgres } from './test-database.ts';

let postgres: Postgres;
let owner: Client;
beforeAll(async () => {
  postgres = await startPostgres();
  owner = new Client({ connectionString: postgres.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await postgres.stop();
});

async function findDurability() {
  const { durability, close } = await openTestPostgres(postgres.url);
  await close();
  return durability;
}

test('a server as it comes loses nothing', async () => {
  expect(await findDurability()).toEqual({ losses: [], isDurable: true, hasStatementTimeout: true });
});

test.each([
  ['synchronous_commit', 'off', false],
  ['synchronous_commit', 'local', true],
  ['synchronous_commit', 'remote_write', true],
  ['full_page_writes', 'off', false],
  ['fsync', 'off', false],
])('%s=%s is named', async (name, value, isDurable) => {
  await owner.query(`alter system set ${name} = ${value}`);
  await owner.query('select pg_reload_conf()');
  await expect.poll(findDurability).toMatchObject({ losses: [`${name}=${value}`], isDurable });
  await owner.query(`alter system reset ${name}`);
  await owner.query('select pg_reload_conf()');
  await expect.poll(async () => (await findDurability()).losses).toEqual([]);
});

test('a role without a limit for statements is told', async () => {
  await owner.query('alter role app reset statement_timeout');
  expect((await findDurability()).hasStatementTimeout).toBe(false);
  await owner.query(`alter role app set statement_timeout = '20s'`);
  expect((await findDurability()).hasStatementTimeout).toBe(true);
});

test('a standby that the server does not wait for is named', async () => {
  // A connection for replication: what a standby is to the server.
  const standby = new Client({ connectionString: `${postgres.ownerUrl}&replication=true` });
  standby.on('error', () => {});
  await standby.connect();
  expect((await findDurability()).losses).toEqual(['synchronous_standby_names is empty beside a standby']);
  await standby.end();
});
