/** `npm run simulate`: see docs/simulation.md. */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { createPlan } from './create-plan.ts';
import { openEngine } from './engine.ts';
import type { Plan } from './plan.ts';
import { runPlan } from './run-plan.ts';
import { shrinkPlan } from './shrink.ts';
import type { RangeResult, SeedBreach, SeedRange } from './worker.ts';

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
const MAX_SHOWN = 20;

/** Runs one plan twice. @returns the exit code */
async function replay(plan: Plan): Promise<number> {
  const resources = { engine: await openEngine(), slots: [] };
  const first = await runPlan(resources, plan);
  const second = await runPlan(resources, plan);
  const output =
    values.shrink && first.breach
      ? await shrinkPlan(plan, first, (smallerPlan) => runPlan(resources, smallerPlan))
      : { plan, result: first };
  console.log(`${output.result.trace.join('\n')}\n\nplan: ${JSON.stringify(output.plan)}`);
  console.log(`trace ${first.digest}, again ${second.digest}; ${output.result.breach ? 'BREACH' : 'no breach'}`);
  return first.breach || first.digest !== second.digest ? 1 : 0;
}

async function runSeeds(): Promise<number> {
  const [firstSeed, seeds] = [Number(values.from), Number(values.seeds)];
  const total = { runs: 0, simulatedMs: 0, breaches: [] as SeedBreach[] };
  const startedAt = performance.now();
  let nextSeed = firstSeed;
  let reportedAt = startedAt;
  const isFinished = () => nextSeed >= firstSeed + seeds || (values['stop-at-breach'] && total.breaches.length > 0);

  function report(): void {
    const seconds = Math.round((performance.now() - startedAt) / 1_000);
    const years = (total.simulatedMs / YEAR_MS).toFixed(2);
    console.log(`${total.runs} runs, ${total.breaches.length} breaches, ${years} simulated years, ${seconds} s`);
  }

  function runWorker(): Promise<void> {
    return new Promise((resolve, reject) => {
      const worker = new Worker(new URL('./worker.ts', import.meta.url));
      const sendNext = () => {
        if (isFinished()) return void worker.terminate().then(() => resolve());
        const count = Math.min(SEEDS_PER_RANGE, firstSeed + seeds - nextSeed);
        const range: SeedRange = { from: nextSeed, count, stopsAtBreach: values['stop-at-breach'] };
        nextSeed += count;
        return worker.postMessage(range);
      };
      worker.on('error', reject);
      worker.on('message', ({ runs, simulatedMs, breaches }: RangeResult) => {
        total.runs += runs;
        total.simulatedMs += simulatedMs;
        total.breaches.push(...breaches);
        if (performance.now() - reportedAt > REPORT_EVERY_MS) {
          reportedAt = performance.now();
          report();
        }
        sendNext();
      });
      sendNext();
    });
  }

  await Promise.all(Array.from({ length: Number(values.workers) }, runWorker));
  report();
  for (const { seed, breach } of total.breaches.sort((a, b) => a.seed - b.seed).slice(0, MAX_SHOWN)) {
    console.log(`seed ${seed}: ${breach.rule}: ${breach.detail}`);
  }
  return total.breaches.length > 0 ? 1 : 0;
}

const parsedPlan = values.plan !== undefined ? (JSON.parse(values.plan) as Plan) : undefined;
const plan = parsedPlan ?? (values.seed !== undefined ? createPlan(Number(values.seed)) : undefined);
process.exit(await (plan ? replay(plan) : runSeeds()));
