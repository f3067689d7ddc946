/** `npm run simulate:defects`: plants each defect into a copy of the product and lets the simulation look for it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { DEFECTS } from './defects.ts';
import type { Outcome } from './plant-worker.ts';

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

const planted = DEFECTS.filter(({ name }) => new RegExp(values.only).test(name));
const rows = new Map<string, string>();
let next = 0;
let missed = 0;

function keep({ at, seed, rule }: Outcome): void {
  const { name, file } = planted[at] ?? { name: '', file: '' };
  if (seed === undefined) missed += 1;
  const row = `| ${name} | \`${file}\` | ${seed ?? '–'} | ${rule} |`;
  rows.set(name, row);
  console.log(row);
  if (values.write) writeTable();
}

/** Rows of defects that were not searched for stay as they are. */
function writeTable(): void {
  const text = readFileSync(DOCUMENT, 'utf8');
  const before = text.split('\n');
  const lines = DEFECTS.flatMap(
    ({ name }) => rows.get(name) ?? before.find((line) => line.startsWith(`| ${name} |`)) ?? [],
  );
  const table = ['| Planted defect | File | First seed found | Broken rule |', '|---|---|---|---|', ...lines, ''].join(
    '\n',
  );
  writeFileSync(
    DOCUMENT,
    text.replace(TABLE, (_, start, end) => start + table + end),
  );
}

function work(): Promise<void> {
  return new Promise((done, fail) => {
    const workerData = { seeds: Number(values.seeds) };
    const worker = new Worker(new URL('./plant-worker.ts', import.meta.url), { workerData });
    const give = () => {
      const at = next;
      next += 1;
      const defect = planted[at];
      if (defect) worker.postMessage({ defect, at });
      else void worker.terminate().then(() => done());
    };
    worker.on('error', fail);
    worker.on('message', (outcome: Outcome) => {
      keep(outcome);
      give();
    });
    give();
  });
}

await Promise.all(Array.from({ length: Number(values.workers) }, work));
process.exit(missed === 0 ? 0 : 1);
