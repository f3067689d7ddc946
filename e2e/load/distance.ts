import { randomBytes } from 'node:crypto';
import { Client } from 'pg';
import { type LimitPoints, limitNames } from '../../lib/config/rate-limits.ts';
import { createDataKey, createKeys } from '../../lib/crypto/encryption.ts';
import type { AuditEntry } from '../../lib/domain/assist/audit.ts';
import { checkAudit } from '../../lib/store/audit-check.ts';
import { createAuditLog } from '../../lib/store/audit-log.ts';
import { openPostgres } from '../../lib/store/database.ts';
import { createRateLimitRepository } from '../../lib/store/rate-limit-counters.ts';
import { formatError } from '../../lib/store/store-error.ts';
import { getQuantile } from '../support/measure.ts';
import { startPostgres } from '../support/postgres.ts';
import { type PartResult, waitUntil } from '../support/run-helpers.ts';
import { runArrivals } from './arrivals.ts';

/**
 * Smaller pools than as shipped: fifty of ten connections are more than this server has. Longer limits of the client: fifty instances
 * share one event loop, which may hear of the server's limit late.
 */
const SETTINGS = { poolSize: 4, connectMs: 10_000, queryMs: 10_000, arePrepared: true };
const CONNECTIONS = 300;
/** As `deploy/postgres.sh` does. */
const LIMIT_STATEMENTS = `alter role app set statement_timeout = '1400ms'`;
const COMMITS_MS = [1, 5, 60];
const SUBMITS_PER_INSTANCE = 5;
const ADDRESSES = 500;
const SHOPS = 10;
/** Each agent does something so often, at whichever instance their request comes to. */
const AGENTS = 50;
const ACTION_MS = 1_000;
/** Longer than the longest pause between two writes. */
const SETTLE_MS = 20_000;

type Scale = { instances: number; seconds: number; commitMs: number };
export type RunTotals = {
  counts: number;
  lost: number;
  entries: number;
  failures: string[];
  breaks: string[];
  p99Ms: number;
};

/**
 * A commit takes so long, with all its locks held, as one that waits for a standby: a deferred trigger sleeps at the end of
 * each transaction that has written.
 */
async function setCommitTime(ownerUrl: string, ms: number): Promise<void> {
  await query(
    ownerUrl,
    `create or replace function commit_time() returns trigger language plpgsql as $$ begin
      if current_setting('distance.done', true) is distinct from txid_current()::text then
        perform set_config('distance.done', txid_current()::text, true), pg_sleep(${ms / 1_000});
      end if;
      return null;
    end $$`,
  );
  for (const table of ['limits', 'audit_entries']) {
    await query(ownerUrl, `drop trigger if exists commit_time on ${table}`);
    await query(
      ownerUrl,
      `create constraint trigger commit_time after insert or update on ${table}
         deferrable initially deferred for each row execute function commit_time()`,
    );
  }
}

async function query(ownerUrl: string, statement: string): Promise<void> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  await owner.query(statement);
  await owner.end();
}

/**
 * Instances that count attempts to submit, a tenth of them from one address, beside agents whose requests come to any of them.
 *
 * @param urls of the database, as its owner and as the app
 */
export async function runInstances(
  urls: { ownerUrl: string; appUrl: string },
  { instances: count, seconds, commitMs }: Scale,
): Promise<RunTotals> {
  await setCommitTime(urls.ownerUrl, commitMs);
  const keys = createKeys([createDataKey('a', randomBytes(32))]); // counters of their own
  const points = Object.fromEntries(limitNames.map((name) => [name, 1_000_000])) as LimitPoints;
  const failures: string[] = [];
  const now = () => new Date();
  const instances = await Promise.all(
    Array.from({ length: count }, async () => {
      const { database, close } = await openPostgres(urls.appUrl, SETTINGS);
      const limits = createRateLimitRepository(database, keys, points, now, (cause) =>
        failures.push(`counts: ${cause}`),
      );
      return { database, limits, audit: createAuditLog(database), close };
    }),
  );
  const pickRandom = <T>(list: readonly T[]): T => list[Math.floor(Math.random() * list.length)] as T;
  const { database } = pickRandom(instances);
  const totalsBefore = await readTotals(database);
  const appendMs: number[] = [];

  async function submit(id: string): Promise<number> {
    const address = Math.random() < 0.1 ? 'company' : `address ${Math.floor(Math.random() * ADDRESSES)}`;
    const phone = `phone ${id}`;
    const attempts = [
      ['submitAddress', address],
      ['submitDraft', `draft ${id}`],
      ['submitPhoneAddress', `${phone} ${address}`],
      ['submitPhone', phone],
    ] as const;
    await pickRandom(instances).limits.countAttempts(attempts).written;
    return attempts.length;
  }
  async function runAgent(agent: number): Promise<number> {
    let entries = 0;
    for (const end = performance.now() + seconds * 1_000; performance.now() < end; ) {
      const start = performance.now();
      const shop = `shop ${agent % SHOPS}`;
      const append = pickRandom(instances).audit.append(createEntry(agent, shop));
      await append.then(
        () => {
          entries += 1;
        },
        (error: unknown) => failures.push(`action: ${formatError(error)}`),
      );
      appendMs.push(performance.now() - start);
      await new Promise((resolve) => setTimeout(resolve, Math.max(0, start + ACTION_MS - performance.now())));
    }
    return entries;
  }

  let counts = 0;
  const submits = runArrivals(count * SUBMITS_PER_INSTANCE, seconds, async (index) => {
    const attemptCount = await submit(`${commitMs} ${index}`);
    counts += attemptCount;
  });
  const entries = (await Promise.all(Array.from({ length: AGENTS }, (_, agent) => runAgent(agent)))).reduce(
    (a, b) => a + b,
    0,
  );
  await submits;
  const { entries: storedEntries, breaks } = await checkAudit(database);
  const isSettled = async () =>
    (await readTotals(database)).counts - totalsBefore.counts >= counts ? true : undefined;
  await waitUntil(SETTLE_MS, isSettled); // what the store has undone comes with the next write
  const totalsAfter = await readTotals(database);
  await Promise.all(instances.map(({ close }) => close()));
  return {
    counts,
    lost: counts - (totalsAfter.counts - totalsBefore.counts),
    entries,
    failures,
    p99Ms: getQuantile(appendMs, 0.99),
    breaks:
      storedEntries - totalsBefore.entries === entries
        ? breaks
        : [...breaks, `${storedEntries - totalsBefore.entries} entries of ${entries}`],
  };
}

type StoreDatabase = Awaited<ReturnType<typeof openPostgres>>['database'];

async function readTotals(database: StoreDatabase): Promise<{ counts: number; entries: number }> {
  const { rows } = await database.execute<{ counts: number; entries: number }>(
    `select (select coalesce(sum(points), 0)::int from limits) as counts, (select count(*)::int from audit_entries) as entries`,
  );
  return rows[0] ?? { counts: 0, entries: 0 };
}

const createEntry = (agent: number, shop: string): AuditEntry => ({
  at: new Date().toISOString(),
  actor: `agent ${agent}`,
  role: 'agent',
  shop,
  device: 'device',
  action: 'case.fill',
  caseId: `case ${agent}`,
  fields: ['firstName'],
  source: 'agent',
});

/** So many instances on a database whose commits take longer and longer. */
export async function runDistance(count: number): Promise<PartResult> {
  const seconds = 20;
  const { url, ownerUrl, stop } = await startPostgres({ args: ['-c', `max_connections=${CONNECTIONS}`] });
  const summaries: string[] = [];
  const breaches: string[] = [];
  try {
    await query(ownerUrl, LIMIT_STATEMENTS);
    for (const commitMs of COMMITS_MS) {
      const totals = await runInstances({ ownerUrl, appUrl: url }, { instances: count, seconds, commitMs });
      summaries.push(
        `${commitMs} ms: ${totals.lost} of ${totals.counts} counts lost, ${totals.failures.length} failures of ${totals.entries} actions, p99 of an entry ${totals.p99Ms.toFixed(0)} ms`,
      );
      if (totals.lost !== 0) breaches.push(`${commitMs} ms: ${totals.lost} counts lost`);
      breaches.push(...[...totals.failures, ...totals.breaks].map((cause) => `${commitMs} ms: ${cause}`));
    }
  } finally {
    await stop();
  }
  return { runs: `${count} instances, ${seconds} s at each`, summary: summaries.join('; '), breaches };
}
