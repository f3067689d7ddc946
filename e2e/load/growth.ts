import { loadavg } from 'node:os';
import { readCompose } from '../support/compose.ts';
import { getQuantile, startProgram } from '../support/measure.ts';
import { startPostgres } from '../support/postgres.ts';
import { findLedgerBreaches, type PartResult, waitUntil } from '../support/run-helpers.ts';
import { getUpstreamEnv, PRODUCTION_TIMES, type StoreKind, TestEnvironment } from '../support/test-environment.ts';
import { measureFindByReference } from './find-by-reference.ts';
import { fillTables, findNewestKeys, findPendingKinds, hasPurgeStarted, KINDS, readSizes } from './growth-rows.ts';
import { measureSubmissions } from './submission-times.ts';

const PER_SECOND = 20;
/** Of the 99th percentile without a purge. */
const MAX_P99_RATIO = 1.2;
const BOOT_MS = 3_000;
const FIND_MS = 5;
/** Of a window. Windows with and without the purge are as long as each other: on a slow machine people queue up in a longer one. */
const WINDOW_SECONDS = 20;
/** How many windows with the purge come before each window without it. The purge makes progress only in the former. */
const BESIDE_PER_ALONE = 3;
/** Windows without the purge, at least: their 99th percentile needs enough people. */
const MIN_ALONE_WINDOWS = 5;
const POLL_MS = 1_000;
const FIRST_ROW_MS = 60_000;
/** Rows of the ledger for each million that has ended, unless the run names another number. */
const SETTLED_SHARE = 0.4;

/** Results of one sort of measurement window. */
type WindowTotals = { times: number[]; seconds: number; wal: number; windows: number };
const getP99 = ({ times }: WindowTotals) => getQuantile(times, 0.99);
const formatRate = (count: number, seconds: number) => `${Math.round(count / Math.max(seconds, 1))}/s`;

/**
 * So many million rows that retention has to end, by one instance while people submit at another one. The one that purges is stopped
 * (SIGSTOP) after every three windows, for one window without a purge, so that both 99th percentiles are of the same hour of a machine that others use, too.
 *
 * @param settledMillions rows of the ledger in which nothing is left to end, in millions
 */
export async function runGrowth(
  millions: number,
  store: StoreKind,
  settledMillions = millions * SETTLED_SHARE,
): Promise<PartResult> {
  const upstream = await startProgram('e2e/bench/upstream.ts');
  const environment = await TestEnvironment.create(
    store,
    await startPostgres({ args: readCompose().services.postgres.command.slice(1) }),
  );
  const failures: string[] = [];
  const start = performance.now();
  const report = (text: string) =>
    console.log(`${((performance.now() - start) / 1_000).toFixed(0)} s (load ${loadavg()[0]?.toFixed(1)}): ${text}`);
  try {
    const settings = { ...PRODUCTION_TIMES, ...getUpstreamEnv(upstream.port) };
    const first = await environment.startServer(settings); // a database knows its keys from the first start on
    first.child.kill('SIGTERM');
    await first.exit;
    await fillTables(environment, millions, settledMillions);
    const newestKeys = await findNewestKeys(environment);
    report('filled');
    const ids = await environment.query<{ id: string }>('select id from submissions tablesample system (0.1) limit 50');
    const findMs = await measureFindByReference(
      environment.databaseUrl ?? '',
      ids.map(({ id }) => id),
    );
    const sizesBefore = await readSizes(environment);

    // A server purges at its start, unless another one does.
    const bootStart = performance.now();
    const purgingServer = await environment.startServer(settings);
    const bootMs = performance.now() - bootStart;
    // Its first statement has come back: one that is under way when the process stops counts as failed.
    if (!(await waitUntil(FIRST_ROW_MS, async () => (await hasPurgeStarted(environment)) || undefined)))
      throw new Error(`Nothing is purged:\n${purgingServer.output()}`);
    const pausedAt = performance.now();
    purgingServer.child.kill('SIGSTOP');
    const { port } = await environment.startServer(settings);
    const measure = () => measureSubmissions({ port, perSecond: PER_SECOND, seconds: WINDOW_SECONDS }, failures);
    await measure(); // a server that has not served yet is slower than one with a purge
    report(`boot ${bootMs.toFixed(0)} ms, lookup by reference ${findMs.toFixed(1)} ms; the other server is warm`);

    const totals = { beside: createWindowTotals(), alone: createWindowTotals() };
    const durations: string[] = [];
    let pendingKinds = Object.keys(KINDS);
    let [purgeMs, kindMs] = [pausedAt - bootStart, 0];
    const runWindow = async (name: 'beside' | 'alone') => {
      const [{ wal }, windowStart] = [await readSizes(environment), performance.now()];
      const times = await measure();
      const [windowTotals, seconds] = [totals[name], (performance.now() - windowStart) / 1_000];
      windowTotals.times.push(...times);
      windowTotals.wal += (await readSizes(environment)).wal - wal;
      windowTotals.seconds += seconds;
      windowTotals.windows += 1;
      report(`${name}: p99 ${getQuantile(times, 0.99).toFixed(0)} ms; left: ${pendingKinds.join(', ') || 'nothing'}`);
    };
    const watchPurge = async (isOver: () => boolean) => {
      for (let lastPollMs = performance.now(); !isOver() && pendingKinds.length > 0; ) {
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
        const stillPending = await findPendingKinds(environment, newestKeys, pendingKinds);
        const passedMs = performance.now() - lastPollMs;
        lastPollMs += passedMs;
        [purgeMs, kindMs] = [purgeMs + passedMs, kindMs + passedMs];
        for (const kind of pendingKinds.filter((pendingKind) => !stillPending.includes(pendingKind))) {
          const rows = Math.round((KINDS[kind]?.perMillion ?? 0) * millions);
          durations.push(`${kind} ${rows} in ${(kindMs / 1_000).toFixed(0)} s (${formatRate(rows, kindMs / 1_000)})`);
          report(durations.at(-1) ?? '');
          kindMs = 0;
        }
        pendingKinds = stillPending;
      }
    };
    while (pendingKinds.length > 0) {
      let isOver = false;
      purgingServer.child.kill('SIGCONT');
      const watcher = watchPurge(() => isOver);
      await runWindow('beside');
      isOver = true;
      purgingServer.child.kill('SIGSTOP');
      await watcher;
      if (totals.beside.windows % BESIDE_PER_ALONE === 0) await runWindow('alone');
    }
    while (totals.alone.windows < MIN_ALONE_WINDOWS) await runWindow('alone');
    purgingServer.child.kill('SIGCONT');

    const { beside, alone } = totals;
    const sizesAfter = await readSizes(environment);
    const breaches = [
      ...(getP99(beside) <= getP99(alone) * MAX_P99_RATIO
        ? []
        : [`p99 ${(getP99(beside) / getP99(alone)).toFixed(2)} times that without a purge`]),
      ...(bootMs <= BOOT_MS ? [] : [`a boot took ${bootMs.toFixed(0)} ms`]),
      ...(findMs <= FIND_MS ? [] : [`a lookup by reference took ${findMs.toFixed(1)} ms`]),
      ...(await findLedgerBreaches(environment)),
      ...failures.map((text) => `wrong: ${text}`),
    ];
    const formatWalRate = ({ wal, seconds }: WindowTotals) => `${(wal / 1e6 / seconds).toFixed(1)} MB/s`;
    const summaries = [
      `purge ${(purgeMs / 1_000).toFixed(0)} s (${formatRate(millions * 1e6, purgeMs / 1_000)}): ${durations.join(', ')}`,
      `p99 of a submission beside it ${getP99(beside).toFixed(0)} ms (${beside.times.length}), without ${getP99(alone).toFixed(0)} ms (${alone.times.length}), in ${beside.windows} and ${alone.windows} windows`,
      `WAL ${((sizesAfter.wal - sizesBefore.wal) / 1e9).toFixed(1)} GB, ${formatWalRate(beside)} beside it, ${formatWalRate(alone)} without; ${sizesBefore.text}; then ${sizesAfter.text}`,
      `boot ${(bootMs / 1_000).toFixed(1)} s, lookup by reference ${findMs.toFixed(1)} ms`,
    ];
    const runs = `${millions} million ended rows, ${settledMillions} million settled in the ledger`;
    return { runs, summary: summaries.join('; '), breaches };
  } finally {
    await environment.stop();
    upstream.stop();
  }
}

const createWindowTotals = (): WindowTotals => ({ times: [], seconds: 0, wal: 0, windows: 0 });
