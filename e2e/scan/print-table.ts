import { DEGRADATIONS } from './degrade.ts';
import { type ScanResult, scanPeople } from './scan-corpus.ts';

// `npm run scan-corpus`: the table of codes read, by kind of picture (docs/document-mapping.md#how-well-codes-are-read).

const countArgument = Number(process.argv[2] ?? 500);

function printRow(name: string, results: readonly ScanResult[]): void {
  const count = (outcome: ScanResult['outcome']) => results.filter((result) => result.outcome === outcome).length;
  const times = results.map(({ ms }) => ms).toSorted((one, other) => one - other);
  const getTime = (part: number) => Math.round(times[Math.min(times.length - 1, Math.floor(times.length * part))] ?? 0);
  const share = ((100 * count('read')) / results.length).toFixed(1);
  console.log(`| ${name} | ${results.length} | ${share} % | ${count('wrong')} | ${getTime(0.5)} | ${getTime(0.95)} |`);
}

for (const kind of ['curp', 'licence'] as const) {
  const results = await scanPeople(kind, countArgument);
  console.log(`\n| ${kind} | Codes | Read | Wrong | Median ms | 95 % within ms |\n|---|---|---|---|---|---|`);
  for (const degradation of DEGRADATIONS)
    printRow(
      degradation,
      results.filter((result) => result.degradation === degradation),
    );
  printRow('all', results);
  for (const { wrong } of results) if (wrong) console.log(wrong);
}
