import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { startTestProxy } from '../../e2e/support/test-proxy.ts';
import { type OpenDatabase, openPostgres } from './database.ts';
import { openPglite } from './embedded-database.ts';
import { usedLinks } from './schema.ts';
import { openOwnPostgres } from './test-database.ts';
import { canWrite, createWriteHealth } from './write-health.ts';

const OWN = { appUrl: inject('postgresUrl'), ownerUrl: inject('postgresOwnerUrl') };
const folder = mkdtempSync(join(tmpdir(), 'front-door-write-health-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function asOwner(statement: string): Promise<void> {
  const client = new Client({ connectionString: OWN.ownerUrl });
  await client.connect();
  await client.query(statement);
  await client.end();
}

/** Ends the connections, too: a session keeps the default that it began with. */
const setReadOnlyOnPostgres = (isReadOnly: boolean) =>
  asOwner(
    `alter database write_health set default_transaction_read_only = ${isReadOnly};
     select pg_terminate_backend(pid) from pg_stat_activity where datname = 'write_health'`,
  );

describe.each([
  ['PGlite', () => openPglite(folder)],
  ['Postgres', () => openOwnPostgres(OWN, 'write_health')],
])('whether %s accepts writes', (name, open) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  const write = () => opened.database.insert(usedLinks).values({ id: crypto.randomUUID(), expiresAt: new Date() });
  const setReadOnly = async (isReadOnly: boolean): Promise<void> => {
    if (name === 'Postgres') return setReadOnlyOnPostgres(isReadOnly);
    await opened.database.execute(sql.raw(`set default_transaction_read_only = ${isReadOnly}`));
  };

  test('a read-only one does not, though it answers, and does again', async () => {
    expect(await canWrite(opened)).toBe(true);
    await setReadOnly(true);
    await expect.poll(() => canWrite(opened)).toBe(false);
    await setReadOnly(false);
    await expect.poll(() => canWrite(opened)).toBe(true);
  });

  test('one on which writes fail does not until one has succeeded', async () => {
    await setReadOnly(true);
    await expect.poll(() => write().then(String, String)).toBe('StoreError: 25006 insert');
    await expect(write()).rejects.toThrow();
    await expect(write()).rejects.toThrow();
    await setReadOnly(false);
    await expect.poll(() => opened.database.execute(sql`select 1`).then(() => 'answers', String)).toBe('answers');
    expect(await canWrite(opened)).toBe(false);
    await write();
    expect(await canWrite(opened)).toBe(true);
  });
});

test('failures count for ten seconds, and only those of the database', () => {
  let clock = 0;
  const writes = createWriteHealth(() => clock);
  for (let count = 0; count < 9; count += 1) writes.recordWrite('23505');
  expect(writes.isFailing()).toBe(false);
  writes.recordWrite('53100');
  writes.recordWrite('53100');
  expect(writes.isFailing()).toBe(false);
  writes.recordWrite('53100');
  expect(writes.isFailing()).toBe(true);
  clock = 10_000;
  expect(writes.isFailing()).toBe(false);
});

test('one that is far away does; one that is gone does not, and the answer comes in time', async () => {
  const proxy = await startTestProxy(OWN.appUrl);
  const far = await openPostgres(proxy.url, { poolSize: 2, connectMs: 2_000, queryMs: 1_000, arePrepared: true });
  proxy.setDelay(150);
  expect(await canWrite(far)).toBe(true);
  proxy.blockTraffic();
  const startedAt = performance.now();
  expect(await canWrite(far)).toBe(false);
  expect(performance.now() - startedAt).toBeLessThan(4_000);
  proxy.stop();
});
