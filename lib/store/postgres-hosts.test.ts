import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { type Postgres, startPostgres } from '../../e2e/support/postgres.ts';
import { startTestProxy, type TestProxy } from '../../e2e/support/test-proxy.ts';
import { isHostList, listHosts } from '../config/postgres-hosts.ts';
import { openPostgres } from './database.ts';

const LIMITS = { poolSize: 2, connectMs: 1_000, queryMs: 1_000, arePrepared: true };

test('each host of a list becomes a connection string of its own', () => {
  expect(listHosts('postgres://u:p,q@one:1,two:2,[::1]:3/db?sslmode=verify-full')).toEqual([
    'postgres://u:p,q@one:1/db?sslmode=verify-full',
    'postgres://u:p,q@two:2/db?sslmode=verify-full',
    'postgres://u:p,q@[::1]:3/db?sslmode=verify-full',
  ]);
  expect(listHosts('postgres://one/db')).toEqual(['postgres://one/db']);
  expect(isHostList('postgres://one,two:5/db?target_session_attrs=read-write')).toBe(true);
  expect(isHostList('postgres://one,two:x/db')).toBe(false);
  expect(isHostList('postgres://one,two/db?target_session_attrs=any')).toBe(false);
});

let servers: Postgres[] = [];
let proxies: TestProxy[] = [];
beforeAll(async () => {
  const second = await startPostgres();
  servers = [second];
  proxies = await Promise.all([inject('postgresUrl'), second.url].map(startTestProxy));
});
afterAll(async () => {
  for (const proxy of proxies) proxy.stop();
  await Promise.all(servers.map(({ stop }) => stop()));
});

async function setReadOnly(server: Postgres | undefined, isReadOnly: boolean): Promise<void> {
  const client = new Client({ connectionString: server?.ownerUrl });
  await client.connect();
  await client.query(`alter system set default_transaction_read_only = ${isReadOnly}`);
  await client.query('select pg_reload_conf()');
  await client.end();
}

test('of two hosts the one that accepts writes is used, at the boot and when they change places', async () => {
  const hosts = proxies.map(({ url }) => new URL(url).host);
  const url = `postgres://app@${hosts[1]},${hosts[0]}/postgres?target_session_attrs=read-write`;
  await setReadOnly(servers[0], true);
  const { database, close } = await openPostgres(url, LIMITS);
  const write = () => database.execute(sql`delete from used_links where id = ''`).then(() => 'written');
  await expect.poll(write).toBe('written');
  await setReadOnly(servers[0], false);
  proxies[0]?.blockTraffic();
  await expect.poll(write, { timeout: 15_000 }).toBe('written');
  await close();
  proxies[0]?.restoreTraffic();
});

test('no host that accepts writes ends the boot', async () => {
  await setReadOnly(servers[0], true);
  const url = `${proxies[1]?.url}?target_session_attrs=read-write`;
  await expect(openPostgres(url, LIMITS)).rejects.toThrow('DATABASE_URL (it accepts no writes)');
});
