import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import type { Defect, Edit } from './defects.ts';
import { openEngine } from './engine.ts';

export type SearchRequest = { defect: Defect; at: number };
export type SearchOutcome = { at: number; seed: number | undefined; rule: string };

const { seeds } = workerData as { seeds: number };

function applyEdit(folder: string, { file, text, replacement }: Edit): void {
  const path = join(folder, file);
  const original = readFileSync(path, 'utf8');
  if (original.split(text).length !== 2) throw new Error(`${file} does not have this once: ${text}`);
  writeFileSync(
    path,
    original.replace(text, () => replacement),
  );
}

/** A copy of the product with the defect. It shares installed packages and, unless the schema is changed, the database. */
function plantDefect({ also, ...edit }: Defect): string {
  const folder = mkdtempSync(join(tmpdir(), 'planted-defect-'));
  for (const path of ['lib', 'e2e/simulation', 'package.json']) cpSync(path, join(folder, path), { recursive: true });
  symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
  applyEdit(folder, edit);
  if (also) applyEdit(folder, also);
  return folder;
}

const sharedEngine = openEngine();

async function search({ defect, at: index }: SearchRequest): Promise<SearchOutcome> {
  const folder = plantDefect(defect);
  const load = <Module>(file: string): Promise<Module> => import(join(folder, 'e2e/simulation', file));
  const { createPlan } = await load<typeof import('./create-plan.ts')>('create-plan.ts');
  const { runPlan } = await load<typeof import('./run-plan.ts')>('run-plan.ts');
  const changesSchema = [defect, ...(defect.also ? [defect.also] : [])].some(({ file }) => file.endsWith('.sql'));
  const ownEngine = changesSchema ? await openEngine(folder) : undefined;
  const resources = { engine: ownEngine ?? (await sharedEngine), slots: [] };
  try {
    for (let seed = 1; seed <= seeds; seed += 1) {
      const { breach } = await runPlan(resources, createPlan(seed));
      if (breach) return { at: index, seed, rule: `${breach.rule}: ${breach.detail.split('\n')[0]}` };
    }
    return { at: index, seed: undefined, rule: 'not found' };
  } finally {
    await ownEngine?.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

parentPort?.on('message', (message: SearchRequest) => {
  search(message).then((outcome) => parentPort?.postMessage(outcome));
});
