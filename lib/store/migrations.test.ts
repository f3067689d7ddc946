import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { afterAll, expect, test } from 'vitest';
import { openPglite } from './embedded-database.ts';

const MIGRATIONS = 'lib/store/migrations';
const folder = mkdtempSync(join(tmpdir(), 'front-door-migrations-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const later = readdirSync(MIGRATIONS).filter((name) => name.endsWith('.sql') && !name.startsWith('0000'));

test.each(later)('%s takes nothing away but indexes: the code from before goes on against it', (name) => {
  const statements = readFileSync(join(MIGRATIONS, name), 'utf8').split('--> statement-breakpoint');
  const breaking = /DROP (TABLE|COLUMN)|RENAME|SET NOT NULL|SET DATA TYPE|ADD COLUMN (?!.*DEFAULT).*NOT NULL/i;
  expect(statements.filter((statement) => breaking.test(statement))).toEqual([]);
});

/** The folder of migrations as it was before the last one. */
function before(): string {
  const old = join(folder, 'old-migrations');
  cpSync(MIGRATIONS, old, { recursive: true });
  const journal = join(old, 'meta', '_journal.json');
  const content = JSON.parse(readFileSync(journal, 'utf8')) as { entries: unknown[] };
  writeFileSync(journal, JSON.stringify({ ...content, entries: content.entries.slice(0, 1) }));
  return old;
}

test('a store from before opens, keeps its rows, and the statements from before still work', {
  timeout: 120_000,
}, async () => {
  const data = join(folder, 'data');
  mkdirSync(data);
  const old = await PGlite.create(join(data, 'pglite'));
  await migrate(drizzle(old), { migrationsFolder: before() });
  const insert = (draft: string, state: string) =>
    `insert into submissions (id, draft_id, draft_version, state, created_at, updated_at) values (gen_random_uuid(), '${draft}', 1, '${state}', now(), now()) on conflict do nothing`;
  for (const state of ['sending', 'succeeded', 'refused', 'not-sent', 'unknown']) await old.query(insert(state, state));
  await old.close();

  const opened = await openPglite(data);
  const states = async () => {
    const { rows } = (await opened.database.execute(
      'select draft_id, state from submissions order by draft_id',
    )) as unknown as {
      rows: { draft_id: string; state: string }[];
    };
    return Object.fromEntries(rows.map(({ draft_id, state }) => [draft_id, state]));
  };
  const kept = { refused: 'refused', sending: 'sending', succeeded: 'succeeded', unknown: 'parked' };
  expect(await states()).toEqual(kept);
  await opened.database.execute(insert('newcomer', 'sending'));
  await opened.database.execute(insert('sending', 'sending'));
  await opened.database.execute(
    `update submissions set state = 'succeeded' where draft_id = 'newcomer' and state = 'sending'`,
  );
  expect(await states()).toEqual({ ...kept, newcomer: 'succeeded' });
  await opened.close();
});
