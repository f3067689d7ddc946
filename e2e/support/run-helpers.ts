import type { TestEnvironment } from './test-environment.ts';

/** Findings of a part of the load runs. No breach is the only success. */
export type PartResult = { runs: string; summary: string; breaches: string[] };

/** Counts what was seen, for the table. */
export function formatCounts(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => `${count} ${value}`).join(', ');
}

/** Asks until something holds. A bound, not a wait: what never holds ends in undefined. */
export async function waitUntil<T>(ms: number, check: () => Promise<T | undefined>): Promise<T | undefined> {
  for (const end = performance.now() + ms; ; ) {
    const result = await check();
    if (result !== undefined || performance.now() > end) return result;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Finds breaches in the ledger after everything has settled. On the embedded store no server may be running. */
export async function findLedgerBreaches(environment: TestEnvironment): Promise<string[]> {
  const stuckRows = await environment.query<{ state: string }>(
    `select state from submissions where state in ('sending', 'ambiguous', 'reconciling') and lease_until < now()`,
  );
  const unevenRows = await environment.query<{ id: string }>(
    `select id from submissions left join (select submission_id, count(*) as written from submission_events group by 1) events
     on submission_id = id where transitions <> coalesce(written, 0)`,
  );
  const repeatedRows = await environment.query<{ id: string }>(
    `select submission_id as id from submission_events where state = 'sending' group by 1
     having count(*) > (select attempt from submissions where submissions.id = submission_id)`,
  );
  return [
    ...stuckRows.map(({ state }) => `a row is stuck in ${state}`),
    ...unevenRows.map(({ id }) => `${id}: events and transitions differ`),
    ...repeatedRows.map(({ id }) => `${id}: more calls than attempts`),
  ];
}
