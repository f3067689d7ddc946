import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, expect, test } from 'vitest';
import { DAY_MS } from '../domain/time.ts';
import { openPglite } from './embedded-database.ts';
import { createPurge } from './purge.ts';

const START_MS = Date.parse('2026-11-25T12:00:00Z');
const folder = mkdtempSync(join(tmpdir(), 'front-door-space-'));

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the embedded database uses the space of what was deleted again', { timeout: 120_000 }, async () => {
  const { database, close } = await openPglite(folder);
  const getSize = (path: string) =>
    readdirSync(path, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
  const purge = createPurge(database, () => new Date(START_MS + DAY_MS), { isEmbedded: true, onError: () => {} });
  const sizes: { rows: number; log: number }[] = [];
  for (let cycle = 0; cycle < 8; cycle += 1) {
    await database.execute(sql`
      insert into drafts (id, version, sealed, created_at, expires_at)
      select 'd' || n, 1, (select string_agg(md5(n::text || part::text || random()::text), '') from generate_series(1, 1750) part),
        now(), ${new Date(START_MS).toISOString()}::timestamptz from generate_series(1, 300) n`);
    expect(await purge()).toMatchObject({ counts: { drafts: 300 }, failedKinds: [] });
    sizes.push({
      rows: getSize(join(folder, 'pglite', 'base')),
      log: getSize(join(folder, 'pglite', 'pg_wal')),
    });
  }
  await close();
  const [, second, ...later] = sizes;
  const MB = 1_000_000;
  expect(Math.max(...later.map(({ rows }) => rows))).toBeLessThan((second?.rows ?? 0) + MB);
  // The log keeps `min_wal_size` (80 MB) for use and what one cycle has written; these cycles write 170 MB and more.
  expect(Math.max(...sizes.map(({ log }) => log))).toBeLessThan(120 * MB);
});
