import type { World } from './test-environment.ts';

/** What a part of the load runs found. No breach is the only success. */
export type Result = { runs: string; saw: string; breaches: string[] };

/** Counts what was seen, for the table. */
export function tally(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].map(([value, count]) => `${count} ${value}`).join(', ');
}

/** Asks until something holds. A bound, not a wait: what never holds ends in undefined. */
export async function until<T>(ms: number, ask: () => Promise<T | undefined>): Promise<T | undefined> {
  for (const end = performance.now() + ms; ; ) {
    const found = await ask();
    if (found !== undefined || performance.now() > end) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** What the ledger itself must show when everything has settled. On the embedded store no server may be running. */
export async function ledgerBreaches(world: World): Promise<string[]> {
  const open = await world.query<{ state: string }>(
    `select state from submissions where state in ('sending', 'ambiguous', 'reconciling') and lease_until < now()`,
  );
  const uneven = await world.query<{ id: string }>(
    `select id from submissions left join (select submission_id, count(*) as written from submission_events group by 1) events
     on submission_id = id where transitions <> coalesce(written, 0)`,
  );
  const over = await world.query<{ id: string }>(
    `select submission_id as id from submission_events where state = 'sending' group by 1
     having count(*) > (select attempt from submissions where submissions.id = submission_id)`,
  );
  return [
    ...open.map(({ state }) => `a row is stuck in ${state}`),
    ...uneven.map(({ id }) => `${id}: events and transitions differ`),
    ...over.map(({ id }) => `${id}: more calls than attempts`),
  ];
}
