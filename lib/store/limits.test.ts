import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import { LIMITS, type LimitPoints, limitNames, type StoreLimit } from '../config/rate-limits.ts';
import { createKeys, dataKey } from '../crypto/encryption.ts';
import type { OpenDatabase } from './database.ts';
import { openPglite } from './embedded-database.ts';
import { type Limits, limitStore } from './limits.ts';
import { StoreError } from './store-error.ts';
import { openTestPostgres } from './test-database.ts';

const folder = mkdtempSync(join(tmpdir(), 'front-door-limits-'));
const keys = createKeys([dataKey('a', randomBytes(32))]);
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
  let [one, other]: Limits[] = [];
  const instance = (onError: (cause: string) => void = expect.fail) =>
    limitStore(opened.database, keys, POINTS, () => new Date(clock), onError);
  const [first, second] = [() => one ?? expect.fail(), () => other ?? expect.fail()];

  beforeAll(async () => {
    opened = await open();
    [one, other] = [instance(), instance()];
  });
  afterAll(() => opened.close());

  let made = 0;
  const someone = () => `someone ${++made}`;
  const storedPoints = async (): Promise<number> => {
    const { rows } = (await opened.database.execute('select coalesce(sum(points), 0)::int as points from limits')) as {
      rows: unknown[];
    } as { rows: { points: number }[] };
    return rows[0]?.points ?? 0;
  };

  test.each(storeLimits)(
    '%s: a burst on two instances passes exactly so often, and stops no other client',
    async (name) => {
      const client = someone();
      const waits = await Promise.all(
        Array.from({ length: 24 }, (_, at) => (at % 2 ? first() : second()).take(name, client)),
      );
      const windowMs = LIMITS[name].windowSeconds * 1_000;
      expect(waits.filter((wait) => wait === undefined)).toHaveLength(ROOM);
      expect(waits.filter((wait) => wait === windowMs)).toHaveLength(24 - ROOM);
      expect(await first().take(name, someone())).toBeUndefined();
      // One window, from the first attempt; what was refused does not prolong it.
      clock += windowMs - 1;
      expect(await second().take(name, client)).toBe(1);
      clock += 1;
      expect(await second().take(name, client)).toBeUndefined();
    },
  );

  test.each(storeLimits)('%s: a burst in memory is exact, and stops no other client', async (name) => {
    const client = someone();
    const tallies = Array.from({ length: 24 }, () => first().tally([[name, client]]));
    const isRefusing = LIMITS[name].effect === 'refuse';
    const { length } = tallies.filter(({ refusal, isDelayed }) => !refusal && !isDelayed);
    expect(length).toBe(ROOM);
    expect(tallies.at(-1)).toMatchObject({ refusal: isRefusing ? { limit: name } : undefined, isDelayed: !isRefusing });
    expect(first().tally([[name, someone()]])).toMatchObject({ refusal: undefined, isDelayed: false });
    await Promise.all(tallies.map(({ written }) => written));
    // The other instance knows from its second attempt on.
    await second().tally([[name, client]]).written;
    expect(second().tally([[name, client]])).toMatchObject({ isDelayed: !isRefusing });
    clock += LIMITS[name].windowSeconds * 1_000;
    expect(first().tally([[name, client]])).toMatchObject({ refusal: undefined, isDelayed: false });
  });

  test('an attempt that one limit refuses counts for none, here and in the store', async () => {
    const [address, victim] = [someone(), someone()];
    const attempt = [
      ['submitPhone', victim],
      ['submitAddress', address],
    ] as const;
    const tallies = Array.from({ length: ROOM }, () => first().tally([['submitAddress', address]]));
    await Promise.all(tallies.map(({ written }) => written));
    const before = await storedPoints();
    for (let at = 0; at < 10 * ROOM; at += 1) {
      const { refusal, written } = first().tally(attempt);
      expect(refusal).toMatchObject({ limit: 'submitAddress' });
      await written;
    }
    expect(await storedPoints()).toBe(before);
    expect(first().tally([['submitPhone', victim]])).toMatchObject({ isDelayed: false });
  });

  test('a burst is exact while earlier counts are still being written', async () => {
    const client = someone();
    const within: boolean[] = [];
    const writes: Promise<void>[] = [];
    for (let at = 0; at < 2 * ROOM; at += 1) {
      const { refusal, written } = first().tally([['submitDraft', client]]);
      within.push(refusal === undefined);
      writes.push(written);
      // Some attempts fall between the start of a write and its answer.
      if (at % 3 === 0) await new Promise((resolve) => setTimeout(resolve, 70));
    }
    await Promise.all(writes);
    expect(within).toEqual(Array.from({ length: 2 * ROOM }, (_, at) => at < ROOM));
  });

  test('two instances that count the same people in another order do not wait for each other', async () => {
    const people = Array.from({ length: 3_000 }, (_, at) => `+5255${30_000_000 + at}`);
    await Promise.all(
      people.flatMap((person, at) => [
        first().tally([
          ['submitPhone', person],
          ['submitAddress', `${at % 7}`],
        ]).written,
        second().tally([['submitPhone', people.at(-1 - at) ?? person]]).written,
      ]),
    );
    expect(await first().take('submitPhone', people[0] ?? '')).toBeUndefined();
  });

  test('a count that the store loses is told once and still holds in this instance', async () => {
    const lost: string[] = [];
    const broken = limitStore(
      { ...opened.database, insert: () => brokenInsert } as unknown as OpenDatabase['database'],
      keys,
      POINTS,
      () => new Date(clock),
      (cause) => lost.push(cause),
    );
    const client = someone();
    const tallies = Array.from({ length: ROOM + 1 }, () => broken.tally([['submitDraft', client]]));
    await Promise.all(tallies.map(({ written }) => written));
    expect(lost).toEqual(['Error']);
    expect(broken.tally([['submitDraft', client]]).refusal).toMatchObject({ limit: 'submitDraft' });
  });

  test('a count that the store has undone is written with the next ones', async () => {
    let isBusy = true;
    const database = new Proxy(opened.database, {
      get: (target, name) => {
        if (name !== 'insert' || !isBusy) return Reflect.get(target, name);
        isBusy = false;
        throw new StoreError('57014', 'insert');
      },
    });
    isBusy = false;
    const limits = limitStore(database, keys, POINTS, () => new Date(clock), expect.fail);
    isBusy = true;
    const before = await storedPoints();
    const client = someone();
    await limits.tally([['submitDraft', client]]).written;
    await limits.tally([['submitDraft', client]]).written;
    expect(await storedPoints()).toBe(before + 2);
  });

  test.runIf(name === 'Postgres')('a counter that other instances write, too, keeps no other one waiting', async () => {
    const [hot, own] = [someone(), someone()];
    await Promise.all([first(), second()].map((limits) => limits.tally([['submitAddress', hot]]).written));
    await first().tally([['submitAddress', hot]]).written;
    const holder = Promise.withResolvers<void>();
    const isHeld = Promise.withResolvers<void>();
    const holding = opened.database.transaction(async (transaction) => {
      await transaction.execute(sql`update limits set points = points where key like 'submitAddress:%'`);
      isHeld.resolve();
      await holder.promise;
    });
    await isHeld.promise;
    let isHotWritten = false;
    const writing = first()
      .tally([['submitAddress', hot]])
      .written.then(() => {
        isHotWritten = true;
      });
    await first().tally([['submitDraft', own]]).written;
    expect(isHotWritten).toBe(false);
    holder.resolve();
    await Promise.all([holding, writing]);
  });

  test('what is counted by is not readable in the store', async () => {
    await first().take('codeAddress', '203.0.113.7');
    await first().tally([['submitPhone', '+525512345678']]).written;
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
