import { HttpApplicant } from '../support/http-applicant.ts';
import { getCpuMs, getQuantile, startProgram } from '../support/measure.ts';
import { getMemoryMb, measureRetainedMemoryMb } from '../support/memory.ts';
import { findLedgerBreaches, formatCounts, type PartResult } from '../support/run-helpers.ts';
import { getUpstreamEnv, PRODUCTION_TIMES, type StoreKind, TestEnvironment } from '../support/test-environment.ts';
import { runArrivals } from './arrivals.ts';

const PER_SECOND = 50;
const SERVERS = 2;
/**
 * Bounds as the image has them, and the inspector for heap snapshots: without bounds, Node keeps garbage as long as the
 * machine has memory, and that looks like growth.
 */
const NODE_FLAGS = '--max-old-space-size=256 --max-semi-space-size=16 --inspect=127.0.0.1:0';
/** Minutes until the machine code, the caches and the heap have found their size. More people come with each of them. */
const WARM_MINUTES = 5;
/** How much more memory may be in use in the end, to what was after the warm-up. */
const MAX_GROWTH = 0.05;

const formatPercent = (part: number) => `${(part * 100).toFixed(1)} %`;
const getMedian = (values: readonly number[]) => getQuantile(values, 0.5);

/** Fifty people a second for so many minutes, each from the first page to the link. Nothing fails and nothing piles up. */
export async function runSoak(minutes: number, store: StoreKind): Promise<PartResult> {
  const upstream = await startProgram('e2e/bench/upstream.ts');
  const environment = await TestEnvironment.create(store);
  const breaches: string[] = [];
  try {
    const settings = {
      ...PRODUCTION_TIMES,
      NODE_OPTIONS: NODE_FLAGS,
      ...getUpstreamEnv(upstream.port),
    };
    const servers = await Promise.all(Array.from({ length: SERVERS }, () => environment.startServer(settings)));
    const pids = servers.map(({ child }) => child.pid ?? 0);
    const sumOverServers = (measurePid: (pid: number) => number) =>
      pids.reduce((total, pid) => total + measurePid(pid), 0);
    const measureRetainedMb = async () =>
      (await Promise.all(servers.map(({ output }) => measureRetainedMemoryMb(output())))).reduce(
        (total, value) => total + value,
        0,
      );
    const memory: number[][] = [];
    let firstRetainedMb = 0;
    const cpu = sumOverServers(getCpuMs);
    const times: number[] = [];
    let linkCount = 0;
    const failures: string[] = [];
    for (let minute = 0; minute < WARM_MINUTES + minutes; minute += 1) {
      if (minute === WARM_MINUTES) firstRetainedMb = await measureRetainedMb();
      const samples: number[] = [];
      const sampler = setInterval(() => samples.push(sumOverServers(getMemoryMb)), 1_000);
      const perSecond = Math.min(PER_SECOND, (PER_SECOND * (minute + 1)) / WARM_MINUTES);
      await runArrivals(perSecond, 60, async (index) => {
        const person = new HttpApplicant();
        const port = servers[index % SERVERS]?.port ?? 0;
        const outcome = await person
          .fill(port)
          .then(() => {
            const start = performance.now();
            return person.submit(port).finally(() => times.push(performance.now() - start));
          })
          .then(({ status, location = '' }) => (location.endsWith('/Q1nO3') ? 'link' : `${status} ${location}`))
          .catch((error: Error) => error.message);
        if (outcome === 'link') linkCount += 1;
        else failures.push(outcome);
      });
      clearInterval(sampler);
      memory.push(samples);
      process.stderr.write(
        `soak: minute ${minute + 1}, ${getMedian(samples).toFixed(0)} MB, ${failures.length} wrong\n`,
      );
    }
    const warm = memory.slice(WARM_MINUTES);
    const third = Math.max(1, Math.floor(warm.length / 3));
    const [first, last] = [getMedian(warm.slice(0, third).flat()), getMedian(warm.slice(-third).flat())];
    const growth = last / first - 1;
    const lastRetainedMb = await measureRetainedMb();
    const retainedGrowth = lastRetainedMb / firstRetainedMb - 1;
    if (failures.length > 0) breaches.push(`people got no link: ${formatCounts(failures)}`);
    for (const [metric, growthRate] of [
      ['memory', growth],
      ['what a collection leaves', retainedGrowth],
    ] as const)
      if (growthRate > MAX_GROWTH) breaches.push(`${metric} grew by ${formatPercent(growthRate)}`);
    const perPerson = (sumOverServers(getCpuMs) - cpu) / (linkCount + failures.length);
    for (const { child } of servers) child.kill('SIGKILL');
    breaches.push(...(await findLedgerBreaches(environment)));
    return {
      runs: `${PER_SECOND} people a second at ${SERVERS} servers for ${minutes} minutes, after ${WARM_MINUTES}`,
      summary: `${linkCount} links, ${failures.length} errors; p99 of a submit ${getQuantile(times, 0.99).toFixed(0)} ms; ${first.toFixed(0)} MB, then ${last.toFixed(0)} MB (${formatPercent(growth)}), of which a collection left ${firstRetainedMb.toFixed(0)} MB, then ${lastRetainedMb.toFixed(0)} MB (${formatPercent(retainedGrowth)}); ${perPerson.toFixed(1)} ms CPU a person`,
      breaches,
    };
  } finally {
    await environment.stop();
    upstream.stop();
  }
}
