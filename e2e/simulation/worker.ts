import { parentPort } from 'node:worker_threads';
import { createPlan } from './create-plan.ts';
import { openEngine } from './engine.ts';
import { type Breach, runPlan, type SimulationResources } from './run-plan.ts';

export type SeedRange = { from: number; count: number; stopsAtBreach: boolean };
export type SeedBreach = { seed: number; breach: Breach };
export type RangeResult = { runs: number; simulatedMs: number; breaches: SeedBreach[] };

/** The embedded database grows slower with every run; a new one takes seconds. */
const RUNS_PER_ENGINE = 4_000;

let resources: SimulationResources | undefined;
let runs = 0;

async function getResources(): Promise<SimulationResources> {
  if (resources && runs % RUNS_PER_ENGINE === 0) {
    await resources.engine.close();
    resources = undefined;
  }
  runs += 1;
  resources ??= { engine: await openEngine(), slots: [] };
  return resources;
}

async function runRange({ from: firstSeed, count, stopsAtBreach }: SeedRange): Promise<RangeResult> {
  const result: RangeResult = { runs: 0, simulatedMs: 0, breaches: [] };
  for (let seed = firstSeed; seed < firstSeed + count; seed += 1) {
    const { breach, durationMs } = await runPlan(await getResources(), createPlan(seed));
    result.runs += 1;
    result.simulatedMs += durationMs;
    if (breach) result.breaches.push({ seed, breach });
    if (breach && stopsAtBreach) break;
  }
  return result;
}

parentPort?.on('message', (range: SeedRange) => {
  runRange(range).then((result) => parentPort?.postMessage(result));
});
