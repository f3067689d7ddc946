import { readFileSync, writeFileSync } from 'node:fs';
import type { Scenario, ScenarioCounts } from './scenario.ts';

export type Result = { scenario: Scenario; row: ScenarioCounts };

const DOCUMENT = 'docs/resilience.md';
const REGION = /(<!-- results -->\n)([\s\S]*?)(<!-- \/results -->)/;

const HEADERS = [
  'Scenario',
  'Times',
  'People',
  'POSTs',
  'Links',
  'Sent twice',
  'Reconciled between two POSTs',
  'Lost',
  'Parked',
  'Other ends',
  'Presses with 503',
  'Serves again: median, longest',
  'Breaches',
  'Date',
];

const formatSeconds = (ms: number | undefined) => (ms === undefined ? '–' : `${(ms / 1_000).toFixed(1)} s`);
const formatLine = (cells: readonly (string | number)[]) => `| ${cells.join(' | ')} |`;

function formatRow({ scenario, row }: Result): string {
  const times = row.servesAgainMs.toSorted((a, b) => a - b);
  const {
    people,
    posts,
    links,
    reconciled,
    twice: duplicateCount,
    lost: lostCount,
    others: otherCount,
    unavailable,
    breaches,
  } = row;
  const parked = row.parked === 0 ? 0 : `${row.parked} (${row.parkedCauses})`;
  const recovery = `${formatSeconds(times[Math.floor(times.length / 2)])}, ${formatSeconds(times.at(-1))}`;
  const date = new Date().toISOString().slice(0, 10);
  return formatLine([
    scenario.name,
    row.times,
    people,
    posts,
    links,
    duplicateCount,
    reconciled,
    lostCount,
    parked,
    otherCount,
    unavailable,
    recovery,
    breaches.length,
    date,
  ]);
}

const formatLines = (rows: readonly string[]) => [formatLine(HEADERS), formatLine(HEADERS.map(() => '---')), ...rows];

/** The results as a Markdown table, and what else was counted. */
export function formatTable(results: readonly Result[]): string {
  const notes = results.flatMap(({ scenario, row }) => (row.note ? [`${scenario.name}: ${row.note}`] : []));
  return [...formatLines(results.map(formatRow)), ...notes].join('\n');
}

/** Puts the rows into the document's table, in the order of the scenarios. Rows of other scenarios stay. */
export function writeDocument(results: readonly Result[], scenarios: readonly Scenario[]): void {
  const document = readFileSync(DOCUMENT, 'utf8');
  const [, , region = ''] = REGION.exec(document) ?? [];
  const oldLines = region.split('\n');
  const rows = scenarios.flatMap(({ name }) => {
    const result = results.find(({ scenario }) => scenario.name === name);
    return result ? [formatRow(result)] : oldLines.filter((line) => line.startsWith(`| ${name} |`));
  });
  const table = `${formatLines(rows).join('\n')}\n`;
  writeFileSync(
    DOCUMENT,
    document.replace(REGION, (_, start: string, __, end: string) => start + table + end),
  );
}
