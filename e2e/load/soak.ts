import { Applicant } from '../support/http-applicant.ts';
import { cpuOf, serve, shareOf } from '../support/measure.ts';
import { heldAfterCollection, memoryOf } from '../support/memory.ts';
import { ledgerBreaches, type Result, tally } from '../support/part.ts';
import { AS_IN_PRODUCTION, pointAt, type StoreKind, World } from '../support/test-environment.ts';
import { arrivals } from './arrivals.ts';

const PER_SECOND = 50;
const SERVERS = 2;
/**
 * Bounds as the image has them, and a door to ask what is held: without bounds, Node lets garbage lie as long as the machine
 * has room, and that looks like growth.
 */
const NODE = '--max-old-space-size=256 --max-semi-space-size=16 --inspect=127.0.0.1:0';
/** Minutes until the machine code, the caches and the heap have found their size. More people come with each of them. */
const WARM_MINUTES = 5;
/** How much more memory may be in use in the end, to what was after the warm-up. */
const MOST_GROWTH = 0.05;

const percent = (part: number) => `${(part * 100).toFixed(1)} %`;
const middle = (values: readonly number[]) => shareOf(values, 0.5);

/** Fifty people a second for so many minutes, each from the first page to the link. Nothing fails and nothing piles up. */
export async function soak(minutes: number, store: StoreKind): Promise<Result> {
  const upstream = await serve('e2e/bench/upstream.ts');
  const world = await World.create(store);
  const breaches: string[] = [];
  try {
    const settings = {
      ...AS_IN_PRODUCTION,
      NODE_OPTIONS: NODE,
      ...pointAt(upstream.port),
    };
    const servers = await Promise.all(Array.from({ length: SERVERS }, () => world.start(settings)));
    const pids = servers.map(({ child }) => child.pid ?? 0);
    const sum = (of: (pid: number) => number) => pids.reduce((total, pid) => total + of(pid), 0);
    const held = async () =>
      (await Promise.all(servers.map(({ output }) => heldAfterCollection(output())))).reduce(
        (all, one) => all + one,
        0,
      );
    const memory: number[][] = [];
    let heldFirst = 0;
    const cpu = sum(cpuOf);
    const times: number[] = [];
    let good = 0;
    const wrong: string[] = [];
    for (let minute = 0; minute < WARM_MINUTES + minutes; minute += 1) {
      if (minute === WARM_MINUTES) heldFirst = await held();
      const samples: number[] = [];
      const sampler = setInterval(() => samples.push(sum(memoryOf)), 1_000);
      const perSecond = Math.min(PER_SECOND, (PER_SECOND * (minute + 1)) / WARM_MINUTES);
      await arrivals(perSecond, 60, async (at) => {
        const person = new Applicant();
        const port = servers[at % SERVERS]?.port ?? 0;
        const got = await person
          .fill(port)
          .then(() => {
            const start = performance.now();
            return person.submit(port).finally(() => times.push(performance.now() - start));
          })
          .then(({ status, location = '' }) => (location.endsWith('/Q1nO3') ? 'link' : `${status} ${location}`))
          .catch((error: Error) => error.message);
        if (got === 'link') good += 1;
        else wrong.push(got);
      });
      clearInterval(sampler);
      memory.push(samples);
      process.stderr.write(`soak: minute ${minute + 1}, ${middle(samples).toFixed(0)} MB, ${wrong.length} wrong\n`);
    }
    const warm = memory.slice(WARM_MINUTES);
    const third = Math.max(1, Math.floor(warm.length / 3));
    const [first, last] = [middle(warm.slice(0, third).flat()), middle(warm.slice(-third).flat())];
    const growth = last / first - 1;
    const heldLast = await held();
    const heldGrowth = heldLast / heldFirst - 1;
    if (wrong.length > 0) breaches.push(`people got no link: ${tally(wrong)}`);
    for (const [what, grew] of [
      ['memory', growth],
      ['what a collection leaves', heldGrowth],
    ] as const)
      if (grew > MOST_GROWTH) breaches.push(`${what} grew by ${percent(grew)}`);
    const perPerson = (sum(cpuOf) - cpu) / (good + wrong.length);
    for (const { child } of servers) child.kill('SIGKILL');
    breaches.push(...(await ledgerBreaches(world)));
    return {
      runs: `${PER_SECOND} people a second at ${SERVERS} servers for ${minutes} minutes, after ${WARM_MINUTES}`,
      saw: `${good} links, ${wrong.length} errors; p99 of a submit ${shareOf(times, 0.99).toFixed(0)} ms; ${first.toFixed(0)} MB, then ${last.toFixed(0)} MB (${percent(growth)}), of which a collection left ${heldFirst.toFixed(0)} MB, then ${heldLast.toFixed(0)} MB (${percent(heldGrowth)}); ${perPerson.toFixed(1)} ms CPU a person`,
      breaches,
    };
  } finally {
    await world.end();
    upstream.stop();
  }
}
