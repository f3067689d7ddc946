/**
 * `npm run load`: reliability runs, each alone or all of them. `npm run load -- kill --count 500 --store postgres`
 * runs one; `--ledger 5` gives `growth` five million settled rows; `--record` adds a row to docs/load-results.md. Ends with 1 on
 * any breach.
 */
import { spawnSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { runBursts } from '../resilience/parts/bursts.ts';
import { runFolderLock } from '../resilience/parts/data-folder-lock.ts';
import { runKills } from '../resilience/parts/kill.ts';
import { runHostileLinks } from '../resilience/parts/links.ts';
import { runPhones } from '../resilience/parts/phones.ts';
import { runRaces } from '../resilience/parts/races.ts';
import { runStops } from '../resilience/parts/stops.ts';
import type { PartResult } from '../support/run-helpers.ts';
import type { StoreKind } from '../support/test-environment.ts';
import { runDistance } from './distance.ts';
import { runGrowth } from './growth.ts';
import { runOverload } from './overload.ts';
import { runSlowAttacks } from './slow-attacks.ts';
import { runSoak } from './soak.ts';
import { runTabs } from './tabs.ts';
import { runWebhooks } from './webhooks.ts';

const RESULTS = 'docs/load-results.md';

/** @param ledgerMillions millions of settled rows; only for `growth` */
type Run = (count: number, store: StoreKind, ledgerMillions: number | undefined) => Promise<PartResult>;
type LoadPart = { stores: readonly StoreKind[]; defaultCount: number; run: Run };

const PARTS: Readonly<Record<string, LoadPart>> = {
  kill: { stores: ['pglite', 'postgres'], defaultCount: 500, run: runKills },
  bursts: { stores: ['pglite', 'postgres'], defaultCount: 500, run: runBursts },
  races: { stores: ['postgres'], defaultCount: 10_000, run: runRaces },
  stops: { stores: ['pglite', 'postgres'], defaultCount: 100, run: runStops },
  folder: { stores: ['pglite'], defaultCount: 100, run: runFolderLock },
  links: { stores: ['postgres'], defaultCount: 367, run: runHostileLinks },
  tabs: { stores: ['postgres'], defaultCount: 100, run: runTabs },
  overload: { stores: ['postgres'], defaultCount: 20, run: runOverload },
  slow: { stores: ['postgres'], defaultCount: 400, run: runSlowAttacks },
  soak: { stores: ['postgres'], defaultCount: 30, run: runSoak },
  growth: { stores: ['postgres'], defaultCount: 1, run: runGrowth },
  distance: { stores: ['postgres'], defaultCount: 50, run: runDistance },
  webhooks: { stores: ['postgres'], defaultCount: 12, run: runWebhooks },
  phones: { stores: ['postgres'], defaultCount: 500, run: (count) => runPhones(count) },
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    count: { type: 'string' },
    store: { type: 'string' },
    ledger: { type: 'string' },
    record: { type: 'boolean', default: false },
  },
});
const names = positionals.length > 0 ? positionals : Object.keys(PARTS);
const unknownName = names.find((name) => !PARTS[name]);
if (unknownName) throw new Error(`No part ${unknownName}. There are: ${Object.keys(PARTS).join(', ')}`);

const runGit = (...args: string[]) => spawnSync('git', args, { encoding: 'utf8' }).stdout.trim();
const commit =
  runGit('rev-parse', '--short', 'HEAD') +
  (runGit('status', '--porcelain', '--', 'app', 'components', 'lib') ? ' and changes' : '');
const machine = `${cpus().length} cores, Node ${process.versions.node}`;
const ledgerMillions = values.ledger === undefined ? undefined : Number(values.ledger);
let isGood = true;
for (const name of names) {
  const { stores, defaultCount, run } = PARTS[name] as LoadPart;
  for (const store of stores.filter((store) => values.store === undefined || values.store === store)) {
    const start = performance.now();
    const { runs, summary, breaches } = await run(Number(values.count ?? defaultCount), store, ledgerMillions);
    const minutes = ((performance.now() - start) / 60_000).toFixed(1);
    const date = new Date().toISOString().slice(0, 10);
    const row = `| ${date} | ${commit} | ${machine} | ${name} | ${store} | ${runs} | ${summary} | ${minutes} min | ${breaches.length} |`;
    console.log(row);
    for (const breach of breaches.slice(0, 50)) console.log(`  breach: ${breach}`);
    if (values.record) appendFileSync(RESULTS, `${row}\n`);
    isGood &&= breaches.length === 0;
  }
}
process.exit(isGood ? 0 : 1);
