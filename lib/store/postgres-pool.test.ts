import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { startTestProxy, type TestProxy } from '../../e2e/support/test-proxy.ts';
import { type Database, type OpenDatabase, openPostgres } from './database.ts';
import { withStatementLimit } from './database-session.ts';

const LIMITS = { poolSize: 4, connectMs: 1_000, queryMs: 1_000, arePrepared: true };
const SERVES_AGAIN_MS = 15_000;

let proxy: TestProxy;
let opened: OpenDatabase;
beforeEach(async () => {
  proxy = await startTestProxy(inject('postgresUrl'));
  opened = await openPostgres(proxy.url, LIMITS);
});
afterEach(() => proxy.stop());

const ask = () => opened.database.execute(sql`select 1`);
const askInTransaction = () => opened.database.transaction((transaction) => transaction.execute(sql`select 1`));
/** Opens all connections of the pool. */
const askAtOnce = () =>
  Promise.all(Array.from({ length: LIMITS.poolSize }, () => opened.database.execute(sql`select pg_sleep(0.05)`)));

test.each([
  ['a statement', ask],
  ['a transaction', askInTransaction],
])(
  '%s on a connection that went silent ends in time, and the pool serves once the network is back',
  async (_n, work) => {
    await askAtOnce();
    proxy.blockTraffic();
    const failures = await Promise.allSettled(Array.from({ length: 2 * LIMITS.poolSize }, work));
    for (const failure of failures) {
      expect(failure).toMatchObject({ status: 'rejected', reason: { name: 'StoreError' } });
      expect(String(failure.status === 'rejected' && failure.reason)).toMatch(/QUERY_TIMEOUT|CONNECT_TIMEOUT/);
    }
    proxy.restoreTraffic();
    await expect.poll(() => askAtOnce().then(() => 'served'), { timeout: SERVES_AGAIN_MS }).toBe('served');
  },
);

test('idle connections that nobody told of the loss are not kept', async () => {
  await askAtOnce();
  proxy.blockTraffic();
  proxy.restoreTraffic();
  await expect.poll(() => askAtOnce().then(() => 'served'), { timeout: SERVES_AGAIN_MS }).toBe('served');
});

test('a network with 300 ms a round trip is served', async () => {
  proxy.setDelay(150);
  await expect(ask()).resolves.toBeDefined();
});

test('a connection that drops in the middle of a transaction fails it, and not the process', async () => {
  const work = opened.database.transaction(async (transaction) => {
    await transaction.execute(sql`select 1`);
    proxy.stop();
    await transaction.execute(sql`select pg_sleep(10)`);
  });
  await expect(work).rejects.toThrow(/^(CONNECTION_LOST|ECONNRESET|EPIPE) /);
});

test('a statement with a limit of its own may take longer, and the others of its transaction keep theirs', async () => {
  const sleep = (transaction: Database) => transaction.execute(sql`select pg_sleep(1.5)`);
  const results = opened.database.transaction(async (transaction) => {
    await withStatementLimit(transaction, 10_000, sleep);
    await sleep(transaction).catch((error: unknown) => {
      throw new Error('after it', { cause: error });
    });
  });
  await expect(results).rejects.toMatchObject({
    message: 'after it',
    cause: { message: expect.stringMatching(/QUERY_TIMEOUT|57014/) },
  });
});
