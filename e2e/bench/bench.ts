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
/** Kilobytes, compressed, of govuk-frontend 5 (script and style of every page of GOV.UK's services). */
const GOV_UK = { script: 11.4, style: 16.1 };
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
  const { paint } = results;
  console.table(paint.map((row) => toPageRow(row, paint.find((baseline) => isSameBaseline(row, baseline)) ?? row)));
  console.log(`GOV.UK's front end, for comparison: ${GOV_UK.script} kB of script, ${GOV_UK.style} kB of style`);
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

const isSameBaseline = (row: PaintRow, other: PaintRow): boolean =>
  other.page === 'a bare page' && other.network === row.network && other.visit === row.visit;

function toPageRow(row: PaintRow, baseline: PaintRow) {
  return {
    page: `${row.page}, ${row.visit}, ${row.network}`,
    'html kB': formatKilobytes(row.html),
    'weight kB': formatKilobytes(row.weight),
    'script before paint': formatKilobytes(row.scriptBeforePaint),
    'before touch': formatKilobytes(row.scriptBeforeTouch),
    'above bare': formatKilobytes(row.script - baseline.script),
    'largest paint ms': Math.round(row.largestPaint),
    'paint to bare': formatRatio(row.largestPaint, baseline.largestPaint),
    'ready to bare': formatRatio(row.ready, baseline.ready),
    'blocked ms': Math.round(row.blocked),
    'heap MB': (row.heap / 1_000_000).toFixed(1),
    shift: row.shift.toFixed(3),
  };
}

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
