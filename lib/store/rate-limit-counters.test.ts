import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { LIMITS, type LimitPoints, limitNames, type StoreLimit } from '../config/rate-limits.ts';
import { createDataKey, createKeys } from '../crypto/encryption.ts';
import type { OpenDatabase } from './database.ts';
import { openPglite } from './embedded-database.ts';
import { createRateLimitRepository, type RateLimitRepository } from './rate-limit-counters.ts';
import { limits as limitRows } from './schema.ts';
import { StoreError } from './store-error.ts';
import { openTestPostgres } from './test-database.ts';

const folder = mkdtempSync(join(tmpdir(), 'front-door-limits-'));
const keys = createKeys([createDataKey('a', randomBytes(32))]);
const ROOM = 10;
const POINTS = Object.fromEntries(limitNames.map((name) => [name, ROOM])) as LimitPoints;

const storeLimits = limitNames.filter((name): name is StoreLimit => LIMITS[name].countedIn === 'store');

afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ['PGlite', () => openPglite(folder)],
  ['Postgres', () => openTestPostgres(inject('postgresUrl'))],
])('limits on %s', (name, open) => {
  let opened: OpenDatabase;
  let clock = Date.parse('2026-11-25T12:00:00Z');
  let [firstInstance, secondInstance]: RateLimitRepository[] = [];
  const instance = (onError: (cause: string) => void = expect.fail) =>
    createRateLimitRepository(opened.database, keys, POINTS, () => new Date(clock), onError);
  const [first, second] = [() => firstInstance ?? expect.fail(), () => secondInstance ?? expect.fail()];

  beforeAll(async () => {
    opened = await open();
    [firstInstance, secondInstance] = [instance(), instance()];
  });
  afterAll(() => opened.close());

  let clientCount = 0;
  const createClient = () => `someone ${++clientCount}`;
  const readPoints = async (): Promise<Record<string, number>> => {
    const rows = await opened.database.select({ key: limitRows.key, points: limitRows.points }).from(limitRows);
    return Object.fromEntries(rows.map(({ key, points }) => [key, points]));
  };
  const storedPoints = async (): Promise<number> => {
    const { rows } = (await opened.database.execute('select coalesce(sum(points), 0)::int as points from limits')) as {
      rows: unknown[];
    } as { rows: { points: number }[] };
    return rows[0]?.points ?? 0;
  };

  test.each(storeLimits)(
    '%s: two instances let exactly the limit of a burst pass, and stop no other client',
    async (name) => {
      const client = createClient();
      const waits = await Promise.all(
        Array.from({ length: 24 }, (_, index) => (index % 2 ? first() : second()).consume(name, client)),
      );
      const windowMs = LIMITS[name].windowSeconds * 1_000;
      expect(waits.filter((wait) => wait === undefined)).toHaveLength(ROOM);
      expect(waits.filter((wait) => wait === windowMs)).toHaveLength(24 - ROOM);
      expect(await first().consume(name, createClient())).toBeUndefined();
      // The window begins at the first attempt, and refused attempts do not prolong it.
      clock += windowMs - 1;
      expect(await second().consume(name, client)).toBe(1);
      clock += 1;
      expect(await second().consume(name, client)).toBeUndefined();
    },
  );

  test.each(storeLimits)('%s: the limit stops a burst in memory exactly, and stops no other client', async (name) => {
    const client = createClient();
    const tallies = Array.from({ length: 24 }, () => first().countAttempts([[name, client]]));
    const isRefusing = LIMITS[name].effect === 'refuse';
    const { length } = tallies.filter(({ refusal, isDelayed }) => !refusal && !isDelayed);
    expect(length).toBe(ROOM);
    expect(tallies.at(-1)).toMatchObject({ refusal: isRefusing ? { limit: name } : undefined, isDelayed: !isRefusing });
    expect(first().countAttempts([[name, createClient()]])).toMatchObject({ refusal: undefined, isDelayed: false });
    await Promise.all(tallies.map(({ written }) => written));
    // The other instance knows these counts after its first attempt.
    await second().countAttempts([[name, client]]).written;
    expect(second().countAttempts([[name, client]])).toMatchObject({ isDelayed: !isRefusing });
    clock += LIMITS[name].windowSeconds * 1_000;
    expect(first().countAttempts([[name, client]])).toMatchObject({ refusal: undefined, isDelayed: false });
  });

  test('an attempt that one limit refuses counts for none, here and in the store', async () => {
    const [address, victim] = [createClient(), createClient()];
    const attempt = [
      ['submitPhone', victim],
      ['submitAddress', address],
    ] as const;
    const tallies = Array.from({ length: ROOM }, () => first().countAttempts([['submitAddress', address]]));
    await Promise.all(tallies.map(({ written }) => written));
    const before = await storedPoints();
    for (let index = 0; index < 10 * ROOM; index += 1) {
      const { refusal, written } = first().countAttempts(attempt);
      expect(refusal).toMatchObject({ limit: 'submitAddress' });
      await written;
    }
    expect(await storedPoints()).toBe(before);
    expect(first().countAttempts([['submitPhone', victim]])).toMatchObject({ isDelayed: false });
  });

  test('exactly the limit of a burst passes while earlier counts are still being written', async () => {
    const client = createClient();
    const within: boolean[] = [];
    const writes: Promise<void>[] = [];
    for (let index = 0; index < 2 * ROOM; index += 1) {
      const { refusal, written } = first().countAttempts([['submitDraft', client]]);
      within.push(refusal === undefined);
      writes.push(written);
      // Some attempts fall between the start of a write and its answer.
      if (index % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 70));
    }
    await Promise.all(writes);
    expect(within).toEqual(Array.from({ length: 2 * ROOM }, (_, index) => index < ROOM));
  });

  test('two instances that count the same people in another order do not wait for each other', async () => {
    const people = Array.from({ length: 3_000 }, (_, index) => `+5255${30_000_000 + index}`);
    await Promise.all(
      people.flatMap((person, index) => [
        first().countAttempts([
          ['submitPhone', person],
          ['submitAddress', `${index % 7}`],
        ]).written,
        second().countAttempts([['submitPhone', people.at(-1 - index) ?? person]]).written,
      ]),
    );
    expect(await first().consume('submitPhone', people[0] ?? '')).toBeUndefined();
  });

  test('a count that the store loses is reported once and still applies in this instance', async () => {
    const errors: string[] = [];
    const broken = createRateLimitRepository(
      { ...opened.database, insert: () => brokenInsert } as unknown as OpenDatabase['database'],
      keys,
      POINTS,
      () => new Date(clock),
      (cause) => errors.push(cause),
    );
    const client = createClient();
    const tallies = Array.from({ length: ROOM + 1 }, () => broken.countAttempts([['submitDraft', client]]));
    await Promise.all(tallies.map(({ written }) => written));
    expect(errors).toEqual(['Error']);
    expect(broken.countAttempts([['submitDraft', client]]).refusal).toMatchObject({ limit: 'submitDraft' });
  });

  test('a count that the store has undone is written with the next ones', async () => {
    let isBusy = false;
    const database = new Proxy(opened.database, {
      get: (target, name) => {
        if (name !== 'insert' || !isBusy) return Reflect.get(target, name);
        isBusy = false;
        throw new StoreError('57014', 'insert');
      },
    });
    const limits = createRateLimitRepository(database, keys, POINTS, () => new Date(clock), expect.fail);
    isBusy = true;
    const before = await readPoints();
    const client = createClient();
    await limits.countAttempts([['submitDraft', client]]).written;
    await limits.countAttempts([['submitDraft', client]]).written;
    // Counts of other tests may be written meanwhile.
    const newCounters = Object.entries(await readPoints()).filter(([key]) => !(key in before));
    expect(newCounters.map(([, points]) => points)).toContain(2);
  });

  test.runIf(name === 'Postgres')('a counter that another instance has locked delays no other counter', async () => {
    const [hot, own] = [createClient(), createClient()];
    await Promise.all([first(), second()].map((limits) => limits.countAttempts([['submitAddress', hot]]).written));
    await first().countAttempts([['submitAddress', hot]]).written;
    const release = Promise.withResolvers<void>();
    const locked = Promise.withResolvers<void>();
    const holding = opened.database.transaction(async (transaction) => {
      await transaction.execute(sql`update limits set points = points where key like 'submitAddress:%'`);
      locked.resolve();
      await release.promise;
    });
    await locked.promise;
    let isHotWritten = false;
    const writing = first()
      .countAttempts([['submitAddress', hot]])
      .written.then(() => {
        isHotWritten = true;
      });
    await first().countAttempts([['submitDraft', own]]).written;
    expect(isHotWritten).toBe(false);
    release.resolve();
    await Promise.all([holding, writing]);
  });

  test('the store has no readable phone or address', async () => {
    await first().consume('codeAddress', '203.0.113.7');
    await first().countAttempts([['submitPhone', '+525512345678']]).written;
    const { rows } = (await opened.database.execute('select * from limits')) as unknown as { rows: object[] };
    expect(rows.length).toBeGreaterThan(1);
    expect(JSON.stringify(rows)).not.toMatch(/5512345678|203\.0/);
  });
});

/** A statement that cannot be run. */
const brokenInsert: object = new Proxy(
  {},
  {
    get: (_, name) =>
      name === 'then'
        ? (_done: unknown, failed: (error: Error) => void) => failed(new Error('away'))
        : () => brokenInsert,
  },
);
