import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { openPglite } from './embedded-database.ts';

const folder = mkdtempSync(join(tmpdir(), 'front-door-embedded-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a start on damaged files says so in words, and gives the folder back', async () => {
  const data = join(folder, 'damaged');
  await (await openPglite(data)).close();
  truncateSync(join(data, 'pglite', 'global', 'pg_control'), 100);
  await expect(openPglite(data)).rejects.toThrow('DATA_DIR (its database does not open');
  await expect(openPglite(data)).rejects.toThrow('DATA_DIR (its database does not open');
});

test('a panic of the database is a reason for a restart, a failing statement is none', async () => {
  const data = join(folder, 'panic');
  const { database, isBroken, close } = await openPglite(data);
  await expect(database.execute(sql`select 1 from nowhere`)).rejects.toThrow('42P01');
  expect(isBroken()).toBe(false);
  rmSync(join(data, 'pglite', 'global', 'pg_control'));
  await expect(database.execute(sql`checkpoint`)).rejects.toThrow();
  expect(isBroken()).toBe(true);
  await close().catch(() => {});
});
