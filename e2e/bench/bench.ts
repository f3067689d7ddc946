/**
 * `npm run bench`: what the product costs, each figure beside a baseline in the same run: bytes and paint of each step beside
 * a bare page, submits and pages beside bare server actions and a plain forwarder to the same upstream, and growth. Prints
 * tables, writes `e2e/bench/results.json` and the chart of docs/benchmarks.md. `-- paint` or `-- server` runs one half;
 * `--no-growth` leaves out the million rows.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { renderChart } from './chart.ts';
import { type PaintRow, runPaintBenchmark } from './paint.ts';
import { runServerBenchmark, type ServerRow } from './server.ts';

const RESULTS_FILE = 'e2e/bench/results.json';
type Results = { date: string; machine: string; paint?: PaintRow[]; server?: ServerRow[]; growth?: ServerRow[] };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { growth: { type: 'boolean', default: true } },
  allowNegative: true,
});
const isSelected = (name: string) => positionals.length === 0 || positionals.includes(name);

function readPreviousResults(): Partial<Results> {
  try {
    return JSON.parse(readFileSync(RESULTS_FILE, 'utf8')) as Results;
  } catch {
    return {};
  }
}

const machine = `${cpus().length} cores of ${cpus()[0]?.model.trim()}, Node ${process.versions.node}`;
const results: Results = { ...readPreviousResults(), date: new Date().toISOString().slice(0, 10), machine };
if (isSelected('paint')) {
  results.paint = await runPaintBenchmark();
  const [baseline] = results.paint as [PaintRow];
  console.table(
    results.paint.map(({ page, html, script, style, font, largestPaint, blocked, shift }) => ({
      page,
      'html kB': formatKilobytes(html),
      'script kB': formatKilobytes(script),
      'above bare kB': formatKilobytes(script - baseline.script),
      'style kB': formatKilobytes(style),
      'font kB': formatKilobytes(font),
      'largest paint ms': Math.round(largestPaint),
      'to bare': formatRatio(largestPaint, baseline.largestPaint),
      'blocked ms': Math.round(blocked),
      shift: shift.toFixed(3),
    })),
  );
}
if (isSelected('server')) {
  const { rows, growth } = await runServerBenchmark(values.growth);
  results.server = rows;
  if (growth.length > 0) results.growth = growth;
  const findBaseline = ({ what: label, atOnce }: ServerRow) =>
    rows.find(
      (row) =>
        row.atOnce === atOnce &&
        row.what === (label.startsWith('page') ? 'page, a bare one' : 'submit, a bare server action'),
    );
  console.table([...rows, ...growth].map((row) => toTableRow(row, findBaseline(row))));
  const [small, large] = growth;
  if (small && large)
    console.log(
      `A million rows cost ${formatRatio(large.cpu, small.cpu)} times the CPU of a thousand, p99 ${formatRatio(large.p99, small.p99)}`,
    );
}
writeFileSync(RESULTS_FILE, `${JSON.stringify(results, null, 2)}\n`);
writeFileSync('docs/pictures/bench.svg', renderChart(results));
process.exit(0);

function toTableRow(row: ServerRow, baseline: ServerRow | undefined) {
  return {
    what: row.what,
    'at once': row.atOnce,
    'per second': Math.round(row.perSecond),
    'p50 ms': row.p50.toFixed(1),
    'p99 ms': row.p99.toFixed(1),
    'CPU ms': row.cpu.toFixed(2),
    'CPU to bare': baseline ? formatRatio(row.cpu, baseline.cpu) : '',
    errors: row.errors,
  };
}

function formatKilobytes(bytes: number): string {
  return (bytes / 1_000).toFixed(1);
}

function formatRatio(value: number, baseline: number): string {
  return baseline > 0 ? (value / baseline).toFixed(2) : '';
}
