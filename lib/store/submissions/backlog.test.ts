import { randomBytes } from 'node:crypto';
import { PGlite } from '@electric-sql/pglite';
import { drizzle } from 'drizzle-orm/pglite';
import { migrate } from 'drizzle-orm/pglite/migrator';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { createDataKey, createKeys } from '../../crypto/encryption.ts';
import type { Database } from '../database.ts';
import { createLedger } from '../ledger.ts';
import { EXPANSION } from '../migrations.ts';
import { createSubmissionAdmin } from '../submission-admin.ts';

// After an outage the ledger has many received submissions. What the reconciler, the metrics and the operators ask must not read them.

const WAITING = 4_000;
const UNSETTLED = ['sending', 'ambiguous', 'reconciling', 'parked'] as const;
const ROWS_PER_STATE = 5;
/** Pages of tables and indexes that a statement may read; the index alone has more than 30. */
const MAX_BLOCKS = 20;

const client = await PGlite.create();
const keys = createKeys([createDataKey('a', randomBytes(32))]);

beforeAll(async () => {
  await migrate(drizzle(client), EXPANSION);
  const insert = (state: string, count: number, leaseUntil: string) =>
    client.exec(`insert into submissions (id, draft_id, draft_version, state, fence, lease_until, created_at, updated_at)
      select gen_random_uuid(), gen_random_uuid(), 1, '${state}', 0, ${leaseUntil}, now(), now()
      from generate_series(1, ${count}) n`);
  await insert('succeeded', WAITING, 'null');
  await insert('received', WAITING, 'null');
  await insert('received', WAITING, `now() - interval '1 day'`);
  for (const state of UNSETTLED) await insert(state, ROWS_PER_STATE, `now() + interval '1 minute'`);
  await client.exec('vacuum analyze');
});
afterAll(() => client.close());

type PlanNode = { 'Node Type': string; Plans?: PlanNode[] } & Record<string, unknown>;

/** Returns the largest number of rows that one node of a plan read, including those that it filtered out. */
function countRowsRead(node: PlanNode): number {
  const columns = ['Actual Rows', 'Rows Removed by Filter', 'Rows Removed by Index Recheck'];
  const own = columns.reduce((sum, name) => sum + Number(node[name] ?? 0), 0);
  return Math.max(own, ...(node.Plans ?? []).map(countRowsRead));
}

const database = drizzle(client) as unknown as Database;
const now = () => new Date();
const ledger = createLedger(database, keys, now, { leaseMs: 30_000, firstLookupMs: 60_000, holdMs: 3_600_000 });
const admin = createSubmissionAdmin(database, keys, now);

test.each([
  ['lost calls', () => ledger.recordLostCalls(false)],
  ['submissions that are due for a lookup', () => ledger.claimDue(10)],
  ['the open submissions by state', () => admin.countOpenByState()],
  ['the submissions that operators see', () => admin.list()],
])('%s are found without reading a received submission', async (_name, ask) => {
  const query = vi.spyOn(client, 'query');
  await ask();
  const calls = query.mock.calls.map(([text, params]) => ({ text, params }));
  query.mockRestore();
  expect(calls.length).toBeGreaterThan(0);
  for (const { text, params } of calls) {
    const { rows } = await client.query<{ 'QUERY PLAN': { Plan: PlanNode }[] }>(
      `explain (analyze, buffers, format json) ${text}`,
      params,
    );
    const plan = rows[0]?.['QUERY PLAN'][0]?.Plan;
    expect(plan && countRowsRead(plan), JSON.stringify(plan)).toBeLessThanOrEqual(UNSETTLED.length * ROWS_PER_STATE);
    // Entries that are rejected inside an index are not counted as rows.
    expect(plan?.['Shared Hit Blocks'], JSON.stringify(plan)).toBeLessThanOrEqual(MAX_BLOCKS);
  }
});
