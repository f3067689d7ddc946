import { parentPort } from 'node:worker_threads';
import { createPlan } from './create-plan.ts';
import { openEngine } from './engine.ts';
import { type Breach, runPlan, type Workshop } from './world.ts';

export type Range = { from: number; count: number; stopsAtBreach: boolean };
export type Found = { seed: number; breach: Breach };
export type RangeResult = { runs: number; simulatedMs: number; found: Found[] };

/** The embedded database grows slower with every run; a new one takes seconds. */
const RUNS_PER_ENGINE = 4_000;

let workshop: Workshop | undefined;
let runs = 0;

async function getWorkshop(): Promise<Workshop> {
  if (workshop && runs % RUNS_PER_ENGINE === 0) {
    await workshop.engine.close();
    workshop = undefined;
  }
  runs += 1;
  workshop ??= { engine: await openEngine(), slots: [] };
  return workshop;
}

async function runRange({ from, count, stopsAtBreach }: Range): Promise<RangeResult> {
  const result: RangeResult = { runs: 0, simulatedMs: 0, found: [] };
  for (let seed = from; seed < from + count; seed += 1) {
    const { breach, storyMs } = await runPlan(await getWorkshop(), createPlan(seed));
    result.runs += 1;
    result.simulatedMs += storyMs;
    if (breach) result.found.push({ seed, breach });
    if (breach && stopsAtBreach) break;
  }
  return result;
}

parentPort?.on('message', (range: Range) => {
  runRange(range).then((result) => parentPort?.postMessage(result));
});
