import { eq, sql } from 'drizzle-orm';
import { Client } from 'pg';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import type { OpenDatabase } from './database.ts';
import { retryConflicts } from './retry-conflicts.ts';
import { drafts } from './schema.ts';
import { StoreError } from './store-error.ts';
import { openOwnPostgres } from './test-database.ts';

const OWN = { appUrl: inject('postgresUrl'), ownerUrl: inject('postgresOwnerUrl') };
const url = OWN.appUrl.replace('/postgres?', '/conflicts?');

let opened: OpenDatabase;
beforeAll(async () => {
  opened = await openOwnPostgres(OWN, 'conflicts');
  const owner = new Client({ connectionString: OWN.ownerUrl });
  await owner.connect();
  await owner.query('alter database conflicts set default_transaction_isolation = serializable');
  await owner.query(`alter database conflicts set deadlock_timeout = '50ms'`);
  await owner.end();
  const row = { version: 0, sealed: '', createdAt: new Date(), expiresAt: new Date() };
  await opened.database.insert(drafts).values(['a', 'b'].map((id) => ({ id, ...row })));
});
afterAll(() => opened.close());

/** Long enough that two of them meet. */
const slowly = sql`pg_sleep(0.05) is not null`;
const add = { version: sql`${drafts.version} + 1` };
const write = (id: string) => opened.database.update(drafts).set(add).where(sql`${drafts.id} = ${id} and ${slowly}`);
const readVersion = async (id: string) =>
  (await opened.database.select().from(drafts).where(eq(drafts.id, id)))[0]?.version;

test('two writers of one row meet in a serializable database: each statement counts once', async () => {
  const clients = [new Client({ connectionString: url }), new Client({ connectionString: url })];
  await Promise.all(clients.map((client) => client.connect()));
  const text = `update drafts set version = version + 1 where id = 'b' and pg_sleep(0.05) is not null`;
  const bare = await Promise.allSettled(clients.map((client) => client.query(text)));
  await Promise.all(clients.map((client) => client.end()));
  expect(bare.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: '40001' } });

  for (let round = 0; round < 5; round += 1) await Promise.all([write('a'), write('a')]);
  expect(await readVersion('a')).toBe(10);
});

test('two transactions that wait for each other both end, as a whole', async () => {
  const before = [await readVersion('a'), await readVersion('b')];
  const first = Promise.withResolvers<void>();
  const second = Promise.withResolvers<void>();
  const run = (ids: [string, string], mine: () => void, other: Promise<void>) =>
    opened.database.transaction(async (transaction) => {
      for (const id of ids) {
        await transaction.update(drafts).set(add).where(eq(drafts.id, id));
        mine();
        await other;
      }
    });
  await Promise.all([run(['a', 'b'], first.resolve, second.promise), run(['b', 'a'], second.resolve, first.promise)]);
  expect([await readVersion('a'), await readVersion('b')]).toEqual(before.map((version) => (version ?? 0) + 2));
});

test('what always meets another one fails after three repeats, and any other error at once', async () => {
  const count = async (code: string) => {
    let runs = 0;
    const work = retryConflicts(async () => {
      runs += 1;
      throw new StoreError(code, 'test');
    });
    await expect(work).rejects.toMatchObject({ code });
    return runs;
  };
  expect(await count('40001')).toBe(4);
  expect(await count('40P01')).toBe(4);
  expect(await count('23505')).toBe(1);
});
