import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { count, sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, inject, test } from 'vitest';
import { createBackgroundPurge } from './background-purge.ts';
import type { Database, OpenDatabase } from './database.ts';
import { openPglite } from './embedded-database.ts';
import { createLeaseRepository } from './leases.ts';
import { createPurge } from './purge.ts';
import { drafts, leases } from './schema.ts';
import { StoreError } from './store-error.ts';
import { openOwnPostgres } from './test-database.ts';

const folder = mkdtempSync(join(tmpdir(), 'front-door-purge-'));
const urls = { appUrl: inject('postgresUrl'), ownerUrl: inject('postgresOwnerUrl') };
const START = Date.parse('2026-11-25T12:00:00Z');
/** Longer than a batch should take. */
const BATCH_MS = 100;
/** After each statement, as a multiple of its time. */
const PAUSES = 2;

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ['PGlite', () => openPglite(folder)],
  ['Postgres', () => openOwnPostgres(urls, 'background_purge')],
])('the background purge on %s', (_name, open) => {
  let opened: OpenDatabase;
  let clock = START;
  let monotonicMs = 0;
  let pauses: number[] = [];
  const now = () => new Date(clock);

  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  beforeEach(async () => {
    [clock, monotonicMs, pauses] = [START, 0, []];
    await opened.database.delete(leases);
    await opened.database.delete(drafts);
    await opened.database.execute(sql`
      insert into drafts (id, version, sealed, created_at, expires_at)
      select 'd' || n, 1, 'x', ${now().toISOString()}::timestamptz, ${now().toISOString()}::timestamptz
      from generate_series(1, 200) n`);
    clock += 1;
  });

  /** @param sleep what happens in a pause */
  function startInstance(sleep: () => unknown = () => {}, database: Database = opened.database) {
    const runtime = {
      monotonicMs: () => {
        monotonicMs += BATCH_MS;
        return monotonicMs;
      },
      sleep: async (ms: number) => {
        pauses.push(ms);
        await sleep();
        return undefined;
      },
    };
    const onError = (kind: string) => expect.fail(kind);
    const purge = createPurge(database, now, { isEmbedded: false, onError }, runtime);
    return createBackgroundPurge(purge, createLeaseRepository(opened.database, now), runtime);
  }
  const countDrafts = async () => (await opened.database.select({ rows: count() }).from(drafts))[0]?.rows;
  const { signal } = new AbortController();

  test('ends everything and pauses after each statement; slow ones alone are not for ever fewer rows', async () => {
    expect(await startInstance()(signal)).toMatchObject({ counts: { drafts: 200 }, failedKinds: [] });
    expect(await countDrafts()).toBe(0);
    expect(pauses).toEqual(Array(200 / 50).fill(PAUSES * BATCH_MS));
  });

  test('is the work of one instance until that one has not been heard of for a minute', async () => {
    const stopping = new AbortController();
    const [first, second] = [startInstance(() => stopping.abort()), startInstance()];
    expect(await first(stopping.signal)).toMatchObject({ counts: { drafts: 50 } });
    clock += 59_999;
    expect(await second(signal)).toBeUndefined();
    expect(await countDrafts()).toBe(150);
    clock += 1;
    expect(await second(signal)).toMatchObject({ counts: { drafts: 150 } });
    expect(await first(signal)).toBeUndefined();
  });

  test('goes on with fewer rows after a statement that took too long', async () => {
    let failures = 3;
    const busy = new Proxy(opened.database, {
      get: (target, name) => {
        if (name !== 'delete' || failures === 0) return Reflect.get(target, name);
        failures -= 1;
        return () => {
          throw new StoreError('57014', 'delete');
        };
      },
    });
    const purged = await startInstance(() => {}, busy)(signal);
    expect([failures, await countDrafts(), purged?.failedKinds]).toEqual([0, 0, []]);
    expect(pauses.slice(0, 3)).toEqual([1_000, 1_000, 1_000]);
  });

  test('ends when another instance has taken over', async () => {
    const otherInstance = createLeaseRepository(opened.database, now);
    const purgeWithLostLease = startInstance(() => {
      clock += 61_000;
      monotonicMs += 61_000;
      return otherInstance.acquire('purge', 3_600_000);
    });
    const purged = await purgeWithLostLease(signal);
    expect(purged).toMatchObject({ counts: { drafts: 50 } });
  });
});
