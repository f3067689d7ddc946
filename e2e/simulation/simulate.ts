/** `npm run simulate`: see docs/simulation.md. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { createPlan } from './create-plan.ts';
import { openEngine } from './engine.ts';
import type { Plan } from './plan.ts';
import { shrink } from './shrink.ts';
import type { Found, Range, RangeResult } from './worker.ts';
import { runPlan } from './world.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10000' },
    from: { type: 'string', default: '1' },
    workers: { type: 'string', default: String(availableParallelism()) },
    'stop-at-breach': { type: 'boolean', default: false },
    /** One run: its plan and its trace. */
    seed: { type: 'string' },
    plan: { type: 'string' },
    shrink: { type: 'boolean', default: false },
  },
});
const SEEDS_PER_RANGE = 100;
const REPORT_EVERY_MS = 30_000;
const YEAR_MS = 365.25 * 86_400_000;
const MOST_SHOWN = 20;

/** Runs one plan twice. @returns the exit code */
async function replay(plan: Plan): Promise<number> {
  const workshop = { engine: await openEngine(), slots: [] };
  const first = await runPlan(workshop, plan);
  const second = await runPlan(workshop, plan);
  const shown =
    values.shrink && first.breach
      ? await shrink(plan, first, (smaller) => runPlan(workshop, smaller))
      : { plan, result: first };
  console.log(`${shown.result.trace.join('\n')}\n\nplan: ${JSON.stringify(shown.plan)}`);
  console.log(`trace ${first.digest}, again ${second.digest}; ${shown.result.breach ? 'BREACH' : 'no breach'}`);
  return first.breach || first.digest !== second.digest ? 1 : 0;
}

async function runSeeds(): Promise<number> {
  const [from, seeds] = [Number(values.from), Number(values.seeds)];
  const total = { runs: 0, simulatedMs: 0, found: [] as Found[] };
  const startedAt = performance.now();
  let next = from;
  let shownAt = startedAt;
  const isOver = () => next >= from + seeds || (values['stop-at-breach'] && total.found.length > 0);

  function report(): void {
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    const years = (total.simulatedMs / YEAR_MS).toFixed(2);
    console.log(`${total.runs} runs, ${total.found.length} breaches, ${years} simulated years, ${seconds} s`);
  }

  function work(): Promise<void> {
    return new Promise((done, fail) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url));
      const give = () => {
        if (isOver()) return void worker.terminate().then(() => done());
        const count = Math.min(SEEDS_PER_RANGE, from + seeds - next);
        const range: Range = { from: next, count, stopsAtBreach: values['stop-at-breach'] };
        next += count;
        return worker.postMessage(range);
      };
      worker.on('error', fail);
      worker.on('message', ({ runs, simulatedMs, found }: RangeResult) => {
        total.runs += runs;
        total.simulatedMs += simulatedMs;
        total.found.push(...found);
        if (performance.now() - shownAt > REPORT_EVERY_MS) {
          shownAt = performance.now();
          report();
        }
        give();
      });
      give();
    });
  }

  await Promise.all(Array.from({ length: Number(values.workers) }, work));
  report();
  for (const { seed, breach } of total.found.sort((one, other) => one.seed - other.seed).slice(0, MOST_SHOWN)) {
    console.log(`seed ${seed}: ${breach.rule}: ${breach.detail}`);
  }
  return total.found.length > 0 ? 1 : 0;
}

const one = values.plan !== undefined ? (JSON.parse(values.plan) as Plan) : undefined;
const plan = one ?? (values.seed !== undefined ? createPlan(Number(values.seed)) : undefined);
process.exit(await (plan ? replay(plan) : runSeeds()));
