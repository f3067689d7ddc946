import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { Defect, Edit } from './defects.ts';
import { openEngine } from './engine.ts';

export type Search = { defect: Defect; at: number };
export type Outcome = { at: number; seed: number | undefined; rule: string };

const { seeds } = workerData as { seeds: number };

function apply(folder: string, { file, text, replacement }: Edit): void {
  const path = join(folder, file);
  const before = readFileSync(path, 'utf8');
  if (before.split(text).length !== 2) throw new Error(`${file} does not have this once: ${text}`);
  writeFileSync(
    path,
    before.replace(text, () => replacement),
  );
}

/** A copy of the product with the defect. It shares installed packages and, unless the schema is changed, the database. */
function plant({ also, ...edit }: Defect): string {
  const folder = mkdtempSync(join(tmpdir(), 'planted-defect-'));
  for (const path of ['lib', 'e2e/simulation', 'package.json']) cpSync(path, join(folder, path), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  apply(folder, edit);
  if (also) apply(folder, also);
  return folder;
}

const shared = openEngine();

async function search({ defect, at }: Search): Promise<Outcome> {
  const folder = plant(defect);
  const load = <Module>(file: string): Promise<Module> => import(join(folder, 'e2e/simulation', file));
  const { createPlan } = await load<typeof import('./create-plan.ts')>('create-plan.ts');
  const { runPlan } = await load<typeof import('./world.ts')>('world.ts');
  const changesSchema = [defect, ...(defect.also ? [defect.also] : [])].some(({ file }) => file.endsWith('.sql'));
  const own = changesSchema ? await openEngine(folder) : undefined;
  const workshop = { engine: own ?? (await shared), slots: [] };
  try {
    for (let seed = 1; seed <= seeds; seed += 1) {
      const { breach } = await runPlan(workshop, createPlan(seed));
      if (breach) return { at, seed, rule: `${breach.rule}: ${breach.detail.split('\n')[0]}` };
    }
    return { at, seed: undefined, rule: 'not found' };
  } finally {
    await own?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

parentPort?.on('message', (wanted: Search) => {
  search(wanted).then((outcome) => parentPort?.postMessage(outcome));
});
