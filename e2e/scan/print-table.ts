import { createHash } from 'node:crypto';
import { DEGRADATIONS } from './degrade.ts';
import { type ScanResult, SLOWDOWN, scanPeople } from './scan-corpus.ts';

// `npm run scan-corpus`: the table of codes read, by kind of picture (docs/document-mapping.md#how-well-codes-are-read).

const countArgument = Number(process.argv[2] ?? 500);
const seedArgument = Number(process.argv[3] ?? 1);

const BASELINE_BYTES = 16 * 1_024 * 1_024;

/** Returns the milliseconds of processor time of a fixed amount of work, to compare machines and runs with. */
function measureBaseline(): number {
  const bytes = Buffer.alloc(BASELINE_BYTES, 1);
  const runs = Array.from({ length: 5 }, () => {
    const start = process.cpuUsage();
    createHash('sha256').update(bytes).digest();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1_000;
  });
  return runs.toSorted((one, other) => one - other)[2] ?? 0;
}

function printRow(name: string, results: readonly ScanResult[]): void {
  const getShare = (matches: (result: ScanResult) => boolean) =>
    `${((100 * results.filter(matches).length) / results.length).toFixed(1)} %`;
  const times = results.map(({ ms }) => ms).toSorted((one, other) => one - other);
  const getTime = (part: number) => times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0;
  const [median, late] = [getTime(0.5), getTime(0.95)];
  const cells = [
    name,
    results.length,
    getShare(({ outcome }) => outcome === 'read'),
    results.filter(({ outcome }) => outcome === 'wrong').length,
    ...[median, late].map(Math.round),
    getShare(({ outcome, isReadSlowly }) => outcome === 'read' && isReadSlowly),
    ...[median, late].map((ms) => Math.round(ms * SLOWDOWN)),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

for (const kind of ['curp', 'licence'] as const) {
  const baseline = measureBaseline();
  const results = await scanPeople(kind, countArgument, seedArgument);
  console.log(`\n${kind}, seed ${seedArgument}. Baseline, SHA-256 of 16 MB: ${baseline.toFixed(1)} ms`);
  console.log(
    `| Picture | Codes | Read | Wrong | Median ms | 95 % within ms | Read on CPU / ${SLOWDOWN} | Median ms | 95 % within ms |`,
  );
  console.log('|---|---|---|---|---|---|---|---|---|');
  for (const degradation of DEGRADATIONS)
    printRow(
      degradation,
      results.filter((result) => result.degradation === degradation),
    );
  printRow('all', results);
  for (const { wrong } of results) if (wrong) console.log(wrong);
}
