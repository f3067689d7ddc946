/**
 * `npm run resilience -- postgres [--only name,…] [--count N] [--write]`: real failures of the database while people press,
 * and one row a scenario. `--write` puts the rows into docs/resilience.md. `npm run resilience -- webhooks [--count N]` kills
 * servers and the receiver of events. Exits with 1 on any breach.
 */
import { parseArgs } from 'node:util';
import { findVersion } from './programs.ts';
import { formatTable, type Result, writeDocument } from './results-table.ts';
import { SCENARIOS } from './scenarios/index.ts';
import { runWebhookKills } from './webhook-kills.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { only: { type: 'string' }, count: { type: 'string' }, write: { type: 'boolean', default: false } },
});
if (positionals.join() === 'webhooks') {
  const { runs, summary, breaches } = await runWebhookKills(Number(values.count ?? 100));
  console.log(`${runs}. ${summary}. Breaches: ${breaches.length}`);
  for (const breach of breaches.slice(0, 50)) console.log(`  breach: ${breach}`);
  process.exit(breaches.length === 0 ? 0 : 1);
}
if (positionals.join() !== 'postgres')
  throw new Error('Usage: npm run resilience -- postgres [--only …] [--count …] | webhooks [--count …]');
const names = values.only?.split(',') ?? SCENARIOS.map(({ name }) => name);
const unknownName = names.find((name) => !SCENARIOS.some((scenario) => scenario.name === name));
if (unknownName)
  throw new Error(`No scenario ${unknownName}. There are: ${SCENARIOS.map(({ name }) => name).join(', ')}`);

const results: Result[] = [];
let isGood = true;
for (const scenario of SCENARIOS.filter(({ name }) => names.includes(name))) {
  const { name, needs, defaultCount, run } = scenario;
  const missingPrograms = needs.filter((program) => findVersion(program) === undefined);
  if (missingPrograms.length > 0) {
    console.log(`${name} is skipped: ${missingPrograms.join(', ')} is missing.`);
    continue;
  }
  try {
    const row = await run(Number(values.count ?? defaultCount));
    results.push({ scenario, row });
    for (const breach of row.breaches.slice(0, 20)) console.log(`${name}: breach: ${breach}`);
    isGood &&= row.breaches.length === 0;
  } catch (error) {
    console.log(`${name} did not come to its end: ${error}`);
    isGood = false;
  }
}
console.log(formatTable(results));
if (values.write) writeDocument(results, SCENARIOS);
process.exit(isGood ? 0 : 1);
