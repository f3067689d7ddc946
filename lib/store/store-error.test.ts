import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { OpenDatabase } from './database.ts';
import { openPglite } from './embedded-database.ts';
import { drafts } from './schema.ts';
import { formatError, StoreError } from './store-error.ts';
import { openTestPostgres } from './test-database.ts';

const SECRET = 'sealed-value-of-a-person';
const folder = mkdtempSync(join(tmpdir(), 'front-door-store-error-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe.each([
  ['PGlite', () => openPglite(folder)],
  ['Postgres', () => openTestPostgres(inject('postgresUrl'))],
])('a statement that fails on %s', (_name, open) => {
  let opened: OpenDatabase;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());

  const row = { id: SECRET, version: 1, sealed: SECRET, createdAt: new Date(), expiresAt: new Date() };
  const statements: Record<string, () => Promise<unknown>> = {
    insert: async () => {
      await opened.database.insert(drafts).values(row);
      await opened.database.insert(drafts).values(row);
    },
    update: () => opened.database.update(drafts).set({ version: sql`${SECRET}::integer` }),
    select: () =>
      opened.database
        .select()
        .from(drafts)
        .where(eq(drafts.id, sql`${`${SECRET}\0`}`)),
    delete: () => opened.database.delete(drafts).where(sql`${SECRET}::integer = 1`),
    statement: () => opened.database.execute(sql`select ${SECRET} from nowhere`),
    failing: () =>
      opened.database
        .insert(drafts)
        .values({ ...row, version: sql.placeholder('version') })
        .prepare('failing')
        .execute({ version: SECRET }),
    transaction: () => opened.database.transaction((tx) => tx.execute(sql`select ${SECRET} from nowhere`)),
  };

  test.each(Object.keys(statements))('%s: tells its name and SQLSTATE, and nothing of what it holds', async (name) => {
    const error: unknown = await statements[name]?.().catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(StoreError);
    expect(formatError(error)).toMatch(/^StoreError [0-9A-Z]{5} [a-z_]+$/);
    expect(inspect(error, { depth: 9, showHidden: true })).not.toContain(SECRET);
    expect(inspect(error, { depth: 9 })).not.toMatch(/nowhere|"drafts"/);
  });
});
