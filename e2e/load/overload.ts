import type { Reply } from '../support/http.ts';
import { Applicant } from '../support/http-applicant.ts';
import { load, serve, shareOf } from '../support/measure.ts';
import { ledgerBreaches, type Result, tally } from '../support/part.ts';
import { inLanes, pointAt, type StoreKind, World } from '../support/test-environment.ts';
import { arrivals } from './arrivals.ts';

const AT_ONCE = 24;
const TIMES = 3;
/** Of peak, while three times as many come. */
const LEAST_GOODPUT = 0.8;
const SLOWEST_REFUSAL_MS = 100;
const RECOVERY_MS = 10_000;

const isLink = ({ status, location = '' }: Reply) => status === 303 && location.endsWith('/Q1nO3');

/** Three times as many people press the button as the server can serve: it goes on serving, and says no at once to the rest. */
export async function overload(seconds: number, store: StoreKind): Promise<Result> {
  const upstream = await serve('e2e/bench/upstream.ts');
  const world = await World.create(store);
  const breaches: string[] = [];
  try {
    const { child, port } = await world.start({
      ...pointAt(upstream.port),
      // As production has them: the load runs' own are out of the way.
      ...{
        SHED_REQUESTS: '',
        SHED_BUSY_REQUESTS: '',
        SHED_DELAY_MS: '',
        UPSTREAM_QUEUE: '',
        UPSTREAM_QUEUE_MS: '',
        RAAS_TOTAL_MS: '2500',
      },
    });
    const crowd = async (count: number) => {
      const people = Array.from({ length: count }, () => new Applicant());
      await inLanes(12, people, (person) => person.fill(port));
      return people;
    };
    const submits = (people: Applicant[]) => people.map((person) => () => person.submit(port).then(isLink));
    await load(child.pid ?? 0, AT_ONCE, submits(await crowd(600)));
    const { perSecond: peak, errors } = await load(child.pid ?? 0, AT_ONCE, submits(await crowd(800)));
    if (errors > 0) breaches.push(`${errors} errors at peak`);

    const people = await crowd(Math.ceil(peak * TIMES * seconds));
    const [refusals, seen]: [number[], string[]] = [[], []];
    const turnedAway: Applicant[] = [];
    const start = performance.now();
    let lastGood = start;
    let good = 0;
    await arrivals(peak * TIMES, seconds, async (at) => {
      const person = people[at] ?? new Applicant();
      const begun = performance.now();
      const reply = await person.submit(port).catch(() => undefined);
      const ms = performance.now() - begun;
      if (reply && isLink(reply)) {
        good += 1;
        lastGood = performance.now();
        return void seen.push('link');
      }
      turnedAway.push(person);
      seen.push(reply ? `${reply.status} ${reply.location?.replace(/^.*\//, '') ?? ''}`.trim() : 'broken');
      if (reply?.status === 503) {
        refusals.push(ms);
        if (!reply.retryAfter) breaches.push('a 503 without Retry-After');
      }
    });
    const goodput = good / ((Math.max(lastGood, start + seconds * 1_000) - start) / 1_000);
    if (goodput < LEAST_GOODPUT * peak) breaches.push(`goodput ${goodput.toFixed(0)} of ${peak.toFixed(0)} a second`);
    const slow = shareOf(refusals, 0.99);
    if (refusals.length > 0 && slow >= SLOWEST_REFUSAL_MS) breaches.push(`a refusal took ${slow.toFixed(0)} ms`);
    if (seen.includes('broken')) breaches.push('connections were broken');

    const calm = await backToNormal(port);
    if (calm === undefined) breaches.push('not back to normal in time');

    // Whoever was turned away comes again, and everybody gets their link.
    await inLanes(AT_ONCE / 2, turnedAway, async (person) => {
      const reply = await person.submit(port);
      const { view } = isLink(reply) ? { view: 'succeeded' } : await person.look(port);
      if (view !== 'succeeded') breaches.push(`lost: ${person.phone} sees ${view}`);
    });
    child.kill('SIGKILL');
    breaches.push(...(await ledgerBreaches(world)));
    return {
      runs: `${seconds} s at ${TIMES} times the peak of ${peak.toFixed(0)} a second`,
      saw: `${tally(seen)}; goodput ${((100 * goodput) / peak).toFixed(0)} %; p99 of a 503 ${slow.toFixed(0)} ms; normal after ${((calm ?? Number.NaN) / 1_000).toFixed(1)} s`,
      breaches: [...new Set(breaches)],
    };
  } finally {
    await world.end();
    upstream.stop();
  }
}

/** Milliseconds until ten pages in a row are served as they should be. */
async function backToNormal(port: number): Promise<number | undefined> {
  const start = performance.now();
  const person = new Applicant();
  for (let inARow = 0; performance.now() - start < RECOVERY_MS; ) {
    const reply = await person.get(port, 'identity').catch(() => undefined);
    inARow = reply?.status === 200 ? inARow + 1 : 0;
    if (inARow === 10) return performance.now() - start;
  }
  return undefined;
}
