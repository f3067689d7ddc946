import type { Reply } from '../support/http.ts';
import { HttpApplicant } from '../support/http-applicant.ts';
import { getQuantile, measureLoad, startProgram } from '../support/measure.ts';
import { findLedgerBreaches, formatCounts, type PartResult } from '../support/run-helpers.ts';
import { getUpstreamEnv, runInLanes, type StoreKind, TestEnvironment } from '../support/test-environment.ts';
import { runArrivals } from './arrivals.ts';

const AT_ONCE = 24;
const LOAD_FACTOR = 3;
/** Of peak, while three times as many come. */
const MIN_GOODPUT = 0.8;
const MAX_REFUSAL_MS = 100;
const RECOVERY_MS = 10_000;

const isLink = ({ status, location = '' }: Reply) => status === 303 && location.endsWith('/Q1nO3');

/** Three times as many people press the button as the server can serve: it goes on serving, and says no at once to the rest. */
export async function runOverload(seconds: number, store: StoreKind): Promise<PartResult> {
  const upstream = await startProgram('e2e/bench/upstream.ts');
  const environment = await TestEnvironment.create(store);
  const breaches: string[] = [];
  try {
    const { child, port } = await environment.startServer({
      ...getUpstreamEnv(upstream.port),
      // As production has them: the load runs' own are out of the way.
      SHED_REQUESTS: '',
      SHED_BUSY_REQUESTS: '',
      SHED_DELAY_MS: '',
      UPSTREAM_QUEUE: '',
      UPSTREAM_QUEUE_MS: '',
      RAAS_TOTAL_MS: '2500',
    });
    const createPeople = async (count: number) => {
      const people = Array.from({ length: count }, () => new HttpApplicant());
      await runInLanes(12, people, (person) => person.fill(port));
      return people;
    };
    const createSubmitJobs = (people: HttpApplicant[]) =>
      people.map((person) => () => person.submit(port).then(isLink));
    await measureLoad(child.pid ?? 0, AT_ONCE, createSubmitJobs(await createPeople(600)));
    const { perSecond: peak, errors } = await measureLoad(
      child.pid ?? 0,
      AT_ONCE,
      createSubmitJobs(await createPeople(800)),
    );
    if (errors > 0) breaches.push(`${errors} errors at peak`);

    const people = await createPeople(Math.ceil(peak * LOAD_FACTOR * seconds));
    const [refusals, outcomes]: [number[], string[]] = [[], []];
    const rejectedPeople: HttpApplicant[] = [];
    const start = performance.now();
    let lastGoodAt = start;
    let goodCount = 0;
    await runArrivals(peak * LOAD_FACTOR, seconds, async (index) => {
      const person = people[index] ?? new HttpApplicant();
      const startedAt = performance.now();
      const reply = await person.submit(port).catch(() => undefined);
      const ms = performance.now() - startedAt;
      if (reply && isLink(reply)) {
        goodCount += 1;
        lastGoodAt = performance.now();
        return void outcomes.push('link');
      }
      rejectedPeople.push(person);
      outcomes.push(reply ? `${reply.status} ${reply.location?.replace(/^.*\//, '') ?? ''}`.trim() : 'broken');
      if (reply?.status === 503) {
        refusals.push(ms);
        if (!reply.retryAfter) breaches.push('a 503 without Retry-After');
      }
    });
    const goodput = goodCount / ((Math.max(lastGoodAt, start + seconds * 1_000) - start) / 1_000);
    if (goodput < MIN_GOODPUT * peak) breaches.push(`goodput ${goodput.toFixed(0)} of ${peak.toFixed(0)} a second`);
    const slowestRefusalMs = getQuantile(refusals, 0.99);
    if (refusals.length > 0 && slowestRefusalMs >= MAX_REFUSAL_MS)
      breaches.push(`a refusal took ${slowestRefusalMs.toFixed(0)} ms`);
    if (outcomes.includes('broken')) breaches.push('connections were broken');

    const recoveryMs = await measureRecovery(port);
    if (recoveryMs === undefined) breaches.push('not back to normal in time');

    // Customers who were rejected try again, and each gets their link.
    await runInLanes(AT_ONCE / 2, rejectedPeople, async (person) => {
      const reply = await person.submit(port);
      const { view } = isLink(reply) ? { view: 'succeeded' } : await person.readState(port);
      if (view !== 'succeeded') breaches.push(`lost: ${person.phone} sees ${view}`);
    });
    child.kill('SIGKILL');
    breaches.push(...(await findLedgerBreaches(environment)));
    return {
      runs: `${seconds} s at ${LOAD_FACTOR} times the peak of ${peak.toFixed(0)} a second`,
      summary: `${formatCounts(outcomes)}; goodput ${((100 * goodput) / peak).toFixed(0)} %; p99 of a 503 ${slowestRefusalMs.toFixed(0)} ms; normal after ${((recoveryMs ?? Number.NaN) / 1_000).toFixed(1)} s`,
      breaches: [...new Set(breaches)],
    };
  } finally {
    await environment.stop();
    upstream.stop();
  }
}

/** Milliseconds until ten pages in a row are served as they should be. */
async function measureRecovery(port: number): Promise<number | undefined> {
  const start = performance.now();
  const person = new HttpApplicant();
  for (let inARow = 0; performance.now() - start < RECOVERY_MS; ) {
    const reply = await person.get(port, 'identity').catch(() => undefined);
    inARow = reply?.status === 200 ? inARow + 1 : 0;
    if (inARow === 10) return performance.now() - start;
  }
  return undefined;
}
