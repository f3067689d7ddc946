/**
 * `npm run load`: reliability runs, each alone or all of them. `npm run load -- kill --count 500 --store postgres`
 * runs one (`--ledger 5`: of `growth`, with so many million settled rows); `--record` adds its row to the table that the README links. Ends with 1 on any breach.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { bursts } from '../resilience/parts/bursts.ts';
import { folder } from '../resilience/parts/folder.ts';
import { kill } from '../resilience/parts/kill.ts';
import { links } from '../resilience/parts/links.ts';
import { phones } from '../resilience/parts/phones.ts';
import { races } from '../resilience/parts/races.ts';
import { stops } from '../resilience/parts/stops.ts';
import type { Result } from '../support/part.ts';
import type { StoreKind } from '../support/test-environment.ts';
import { distance } from './distance.ts';
import { growth } from './growth.ts';
import { overload } from './overload.ts';
import { slow } from './slow.ts';
import { soak } from './soak.ts';
import { tabs } from './tabs.ts';

const RESULTS = 'docs/load-results.md';

/** @param ledgerMillions rows of the ledger in which nothing is left to end; only of `growth` */
type Run = (count: number, store: StoreKind, ledgerMillions: number | undefined) => Promise<Result>;
type Part = { stores: readonly StoreKind[]; usual: number; run: Run };

const PARTS: Readonly<Record<string, Part>> = {
  kill: { stores: ['pglite', 'postgres'], usual: 500, run: kill },
  bursts: { stores: ['pglite', 'postgres'], usual: 500, run: bursts },
  races: { stores: ['postgres'], usual: 10_000, run: races },
  stops: { stores: ['pglite', 'postgres'], usual: 100, run: stops },
  folder: { stores: ['pglite'], usual: 100, run: folder },
  links: { stores: ['postgres'], usual: 367, run: links },
  tabs: { stores: ['postgres'], usual: 100, run: tabs },
  overload: { stores: ['postgres'], usual: 20, run: overload },
  slow: { stores: ['postgres'], usual: 400, run: slow },
  soak: { stores: ['postgres'], usual: 30, run: soak },
  growth: { stores: ['postgres'], usual: 1, run: growth },
  distance: { stores: ['postgres'], usual: 50, run: distance },
  phones: { stores: ['postgres'], usual: 500, run: (count) => phones(count) },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    ...{ count: { type: 'string' }, store: { type: 'string' }, ledger: { type: 'string' } },
    record: { type: 'boolean', default: false },
  },
});
const names = positionals.length > 0 ? positionals : Object.keys(PARTS);
const unknown = names.find((name) => !PARTS[name]);
if (unknown) throw new Error(`No part ${unknown}. There are: ${Object.keys(PARTS).join(', ')}`);

const git = (...args: string[]) => spawnSync('git', args, { encoding: 'utf8' }).stdout.trim();
const commit =
  git('rev-parse', '--short', 'HEAD') +
  (git('status', '--porcelain', '--', 'app', 'components', 'lib') ? ' and changes' : '');
const machine = `${cpus().length} cores, Node ${process.versions.node}`;
const ledgerMillions = values.ledger === undefined ? undefined : Number(values.ledger);
let isGood = true;
for (const name of names) {
  const { stores, usual, run } = PARTS[name] as Part;
  for (const store of stores.filter((store) => values.store === undefined || values.store === store)) {
    const start = performance.now();
    const { runs, saw, breaches } = await run(Number(values.count ?? usual), store, ledgerMillions);
    const minutes = ((performance.now() - start) / 60_000).toFixed(1);
    const date = new Date().toISOString().slice(0, 10);
    const row = `| ${date} | ${commit} | ${machine} | ${name} | ${store} | ${runs} | ${saw} | ${minutes} min | ${breaches.length} |`;
    console.log(row);
    for (const breach of breaches.slice(0, 50)) console.log(`  breach: ${breach}`);
    if (values.record) appendFileSync(RESULTS, `${row}\n`);
    isGood &&= breaches.length === 0;
  }
}
process.exit(isGood ? 0 : 1);
