/** `npm run simulate:defects`: plants each defect into a copy of the product and lets the simulation look for it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { DEFECTS } from './defects.ts';
import type { SearchOutcome } from './plant-worker.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10000' },
    /** Only defects whose name matches this expression. */
    only: { type: 'string', default: '' },
    workers: { type: 'string', default: String(availableParallelism()) },
    /** Writes the table into docs/simulation.md. */
    write: { type: 'boolean', default: false },
  },
});
const DOCUMENT = 'docs/simulation.md';
const TABLE = /(<!-- defects -->\n)[\s\S]*?(<!-- \/defects -->)/;

const selectedDefects = DEFECTS.filter(({ name }) => new RegExp(values.only).test(name));
const rows = new Map<string, string>();
let nextIndex = 0;
let missedCount = 0;

function recordOutcome({ at: index, seed, rule }: SearchOutcome): void {
  const { name, file } = selectedDefects[index] ?? { name: '', file: '' };
  if (seed === undefined) missedCount += 1;
  const row = `| ${name} | \`${file}\` | ${seed ?? '–'} | ${rule} |`;
  rows.set(name, row);
  console.log(row);
  if (values.write) writeTable();
}

/** Rows of defects that were not searched for stay as they are. */
function writeTable(): void {
  const text = readFileSync(DOCUMENT, 'utf8');
  const previousLines = text.split('\n');
  const lines = DEFECTS.flatMap(
    ({ name }) => rows.get(name) ?? previousLines.find((line) => line.startsWith(`| ${name} |`)) ?? [],
  );
  const table = ['| Planted defect | File | First seed found | Broken rule |', '|---|---|---|---|', ...lines, ''].join(
    '\n',
  );
  writeFileSync(
    DOCUMENT,
    text.replace(TABLE, (_, start, end) => start + table + end),
  );
}

function runWorker(): Promise<void> {
  return new Promise((resolve, reject) => {
    const workerData = { seeds: Number(values.seeds) };
    const worker = new Worker(new URL('./plant-worker.ts', import.meta.url), { workerData });
    const sendNext = () => {
      const index = nextIndex;
      nextIndex += 1;
      const defect = selectedDefects[index];
      if (defect) worker.postMessage({ defect, at: index });
      else void worker.terminate().then(() => resolve());
    };
    worker.on('error', reject);
    worker.on('message', (outcome: SearchOutcome) => {
      recordOutcome(outcome);
      sendNext();
    });
    sendNext();
  });
}

await Promise.all(Array.from({ length: Number(values.workers) }, runWorker));
process.exit(missedCount === 0 ? 0 : 1);
