import { loadavg } from 'node:os';
import { Applicant } from '../support/http-applicant.ts';
import { serve, shareOf } from '../support/measure.ts';
import { ledgerBreaches, type Result, until } from '../support/part.ts';
import { AS_IN_PRODUCTION, pointAt, type StoreKind, World } from '../support/test-environment.ts';
import { arrivals } from './arrivals.ts';
import { measureFind } from './find-by-reference.ts';
import { fill, findLeft, hasEnded, KINDS, readSizes } from './growth-rows.ts';

const PER_SECOND = 20;
/** Of the 99th percentile without a purge. */
const SLOWEST_BESIDE = 1.2;
const BOOT_MS = 3_000;
const FIND_MS = 5;
/** Of a window. Windows with and without the purge are as long as each other: on a slow machine people queue up in a longer one. */
const SECONDS = 20;
/** Windows without the purge, at least: their 99th percentile needs enough people. */
const MIN_ALONE = 5;
const POLL_MS = 1_000;
const FIRST_ROW_MS = 60_000;
/** Rows of the ledger for each million that has ended, unless the run names another number. */
const SETTLED = 0.4;

/** Milliseconds that submissions took, while people come. */
async function measure(port: number, seconds: number, wrong: string[]): Promise<number[]> {
  const times: number[] = [];
  await arrivals(PER_SECOND, seconds, async () => {
    const person = new Applicant();
    try {
      await person.fill(port);
      const start = performance.now();
      const { status, location = '' } = await person.submit(port);
      times.push(performance.now() - start);
      if (!location.endsWith('/Q1nO3')) wrong.push(`${status} ${location}`);
    } catch (error) {
      wrong.push(String(error));
    }
  });
  return times;
}

/** What windows of one sort saw. */
type Seen = { times: number[]; seconds: number; wal: number; windows: number };
const p99 = ({ times }: Seen) => shareOf(times, 0.99);
const perSecond = (count: number, seconds: number) => `${Math.round(count / Math.max(seconds, 1))}/s`;

/**
 * So many million rows that retention has to end, by one instance while people submit at another one. The one that purges is stopped
 * (SIGSTOP) again and again, so that both 99th percentiles are of the same minutes of a machine that others use, too.
 *
 * @param settledMillions rows of the ledger in which nothing is left to end, in millions
 */
export async function growth(
  millions: number,
  store: StoreKind,
  settledMillions = millions * SETTLED,
): Promise<Result> {
  const upstream = await serve('e2e/bench/upstream.ts');
  const world = await World.create(store);
  const wrong: string[] = [];
  const start = performance.now();
  const report = (text: string) =>
    console.log(`${((performance.now() - start) / 1_000).toFixed(0)} s (load ${loadavg()[0]?.toFixed(1)}): ${text}`);
  try {
    const settings = { ...AS_IN_PRODUCTION, ...pointAt(upstream.port) };
    const first = await world.start(settings); // a database knows its keys from the first start on
    first.child.kill('SIGTERM');
    await first.ended;
    await fill(world, millions, settledMillions);
    report('filled');
    const ids = await world.query<{ id: string }>('select id from submissions tablesample system (0.1) limit 50');
    const found = await measureFind(
      world.databaseUrl ?? '',
      ids.map(({ id }) => id),
    );
    const before = await readSizes(world);

    // A server purges at its start, unless another one does.
    const bootStart = performance.now();
    const purging = await world.start(settings);
    const boot = performance.now() - bootStart;
    // Its first statement has come back: one that is under way when the process stops counts as failed.
    if (!(await until(FIRST_ROW_MS, async () => (await hasEnded(world)) || undefined)))
      throw new Error(`Nothing is purged:\n${purging.output()}`);
    const stopClock = performance.now();
    purging.child.kill('SIGSTOP');
    const { port } = await world.start(settings);
    await measure(port, SECONDS, wrong); // a server that has not served yet is slower than one with a purge
    report(`boot ${boot.toFixed(0)} ms, look-up by reference ${found.toFixed(1)} ms; the other server is warm`);

    const seen = { beside: newSeen(), alone: newSeen() };
    const took: string[] = [];
    let left = Object.keys(KINDS);
    let [purgeMs, kindMs] = [stopClock - bootStart, 0];
    const runWindow = async (name: 'beside' | 'alone') => {
      const [{ wal }, from] = [await readSizes(world), performance.now()];
      const times = await measure(port, SECONDS, wrong);
      const [one, seconds] = [seen[name], (performance.now() - from) / 1_000];
      one.times.push(...times);
      one.wal += (await readSizes(world)).wal - wal;
      one.seconds += seconds;
      one.windows += 1;
      report(`${name}: p99 ${shareOf(times, 0.99).toFixed(0)} ms; left: ${left.join(', ') || 'nothing'}`);
    };
    const watch = async (isOver: () => boolean) => {
      for (let at = performance.now(); !isOver() && left.length > 0; ) {
        await new Promise((resolve) => setTimeout(resolve, POLL_MS));
        const stillLeft = await findLeft(world, left);
        const passedMs = performance.now() - at;
        at += passedMs;
        [purgeMs, kindMs] = [purgeMs + passedMs, kindMs + passedMs];
        for (const kind of left.filter((one) => !stillLeft.includes(one))) {
          const rows = Math.round((KINDS[kind]?.perMillion ?? 0) * millions);
          took.push(`${kind} ${rows} in ${(kindMs / 1_000).toFixed(0)} s (${perSecond(rows, kindMs / 1_000)})`);
          report(took.at(-1) ?? '');
          kindMs = 0;
        }
        left = stillLeft;
      }
    };
    while (left.length > 0) {
      let isOver = false;
      purging.child.kill('SIGCONT');
      const watching = watch(() => isOver);
      await runWindow('beside');
      isOver = true;
      purging.child.kill('SIGSTOP');
      await watching;
      await runWindow('alone');
    }
    while (seen.alone.windows < MIN_ALONE) await runWindow('alone');
    purging.child.kill('SIGCONT');

    const { beside, alone } = seen;
    const after = await readSizes(world);
    const breaches = [
      ...(p99(beside) <= p99(alone) * SLOWEST_BESIDE
        ? []
        : [`p99 ${(p99(beside) / p99(alone)).toFixed(2)} times that without a purge`]),
      ...(boot <= BOOT_MS ? [] : [`a boot took ${boot.toFixed(0)} ms`]),
      ...(found <= FIND_MS ? [] : [`a look-up by reference took ${found.toFixed(1)} ms`]),
      ...(await ledgerBreaches(world)),
      ...wrong.map((text) => `wrong: ${text}`),
    ];
    const mb = ({ wal, seconds }: Seen) => `${(wal / 1e6 / seconds).toFixed(1)} MB/s`;
    const saw = [
      `purge ${(purgeMs / 1_000).toFixed(0)} s (${perSecond(millions * 1e6, purgeMs / 1_000)}): ${took.join(', ')}`,
      `p99 of a submission beside it ${p99(beside).toFixed(0)} ms (${beside.times.length}), without ${p99(alone).toFixed(0)} ms (${alone.times.length}), in ${beside.windows} windows`,
      `WAL ${((after.wal - before.wal) / 1e9).toFixed(1)} GB, ${mb(beside)} beside it, ${mb(alone)} without; ${before.text}; then ${after.text}`,
      `boot ${(boot / 1_000).toFixed(1)} s, look-up by reference ${found.toFixed(1)} ms`,
    ];
    const runs = `${millions} million ended rows, ${settledMillions} million settled in the ledger`;
    return { runs, saw: saw.join('; '), breaches };
  } finally {
    await world.end();
    upstream.stop();
  }
}

const newSeen = (): Seen => ({ times: [], seconds: 0, wal: 0, windows: 0 });
