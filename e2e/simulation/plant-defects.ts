/** `npm run simulate:defects`: plants each defect into a copy of the product and lets the simulation look for it. */
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { DEFECTS, type Defect, type Edit } from './defects.ts';

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '10000' },
    /** Only defects whose name has this in it. */
    only: { type: 'string', default: '' },
    /** Writes the table into docs/simulation.md. */
    write: { type: 'boolean', default: false },
  },
});
const DOCUMENT = 'docs/simulation.md';
const TABLE = /(<!-- defects -->\n)[\s\S]*?(<!-- \/defects -->)/;
const FOUND = /^seed (\d+): (.*)$/m;

type Outcome = { defect: Defect; seed: number | undefined; rule: string };

function apply(folder: string, { file, text, replacement }: Edit): void {
  const path = join(folder, file);
  const before = readFileSync(path, 'utf8');
  if (before.split(text).length !== 2) throw new Error(`${file} does not have this once: ${text}`);
  writeFileSync(
    path,
    before.replace(text, () => replacement),
  );
}

async function search(defect: Defect): Promise<Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'planted-defect-'));
  try {
    for (const path of ['lib', 'e2e/simulation', 'package.json']) cpSync(path, join(folder, path), { recursive: true });
    symlinkSync(join(process.cwd(), 'node_modules'), join(folder, 'node_modules'));
    apply(folder, defect);
    if (defect.also) apply(folder, defect.also);
    const command = ['--conditions=react-server', 'e2e/simulation/simulate.ts', '--stop-at-breach'];
    const run = promisify(execFile)(process.execPath, [...command, '--seeds', values.seeds], { cwd: folder });
    const output = await run.then(
      ({ stdout }) => stdout,
      (error: { stdout?: string }) => error.stdout ?? '',
    );
    const [, seed, rule = 'not found'] = FOUND.exec(output) ?? [];
    return { defect, seed: seed === undefined ? undefined : Number(seed), rule };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const rows: string[] = [];
let missed = 0;
for (const defect of DEFECTS.filter(({ name }) => name.includes(values.only))) {
  const { seed, rule } = await search(defect);
  if (seed === undefined) missed += 1;
  const row = `| ${defect.name} | \`${defect.file}\` | ${seed ?? '–'} | ${rule} |`;
  console.log(row);
  rows.push(row);
}
if (values.write) {
  const table = ['| Planted defect | File | First seed found | Broken rule |', '|---|---|---|---|', ...rows, ''].join(
    '\n',
  );
  writeFileSync(
    DOCUMENT,
    readFileSync(DOCUMENT, 'utf8').replace(TABLE, (_, start, end) => start + table + end),
  );
}
process.exit(missed === 0 ? 0 : 1);
