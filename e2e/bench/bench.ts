/**
 * `npm run bench`: what the product costs, each figure beside its ground in the same run: bytes and paint of each step beside
 * a bare page, submits and pages beside bare server actions and a plain forwarder to the same upstream, and growth. Prints
 * tables, writes `e2e/bench/results.json` and the charts that the README shows. `-- paint` or `-- server` runs one half;
 * `--no-growth` leaves out the million rows.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { chart } from './chart.ts';
import { benchPaint, type PaintRow } from './paint.ts';
import { benchServer, type ServerRow } from './server.ts';

const RESULTS = 'e2e/bench/results.json';
type Results = { date: string; machine: string; paint?: PaintRow[]; server?: ServerRow[]; growth?: ServerRow[] };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { growth: { type: 'boolean', default: true } },
  allowNegative: true,
});
const isAsked = (name: string) => positionals.length === 0 || positionals.includes(name);

function before(): Partial<Results> {
  try {
    return JSON.parse(readFileSync(RESULTS, 'utf8')) as Results;
  } catch {
    return {};
  }
}

const machine = `${cpus().length} cores of ${cpus()[0]?.model.trim()}, Node ${process.versions.node}`;
const results: Results = { ...before(), date: new Date().toISOString().slice(0, 10), machine };
if (isAsked('paint')) {
  results.paint = await benchPaint();
  const [ground] = results.paint as [PaintRow];
  console.table(
    results.paint.map(({ page, html, script, style, font, largestPaint, blocked, shift }) => ({
      ...{ page, 'html kB': kilo(html), 'script kB': kilo(script), 'above bare kB': kilo(script - ground.script) },
      ...{ 'style kB': kilo(style), 'font kB': kilo(font), 'largest paint ms': Math.round(largestPaint) },
      ...{
        'to bare': ratio(largestPaint, ground.largestPaint),
        'blocked ms': Math.round(blocked),
        shift: shift.toFixed(3),
      },
    })),
  );
}
if (isAsked('server')) {
  const { rows, growth } = await benchServer(values.growth);
  results.server = rows;
  if (growth.length > 0) results.growth = growth;
  const groundOf = ({ what, atOnce }: ServerRow) =>
    rows.find(
      (row) =>
        row.atOnce === atOnce &&
        row.what === (what.startsWith('page') ? 'page, a bare one' : 'submit, a bare server action'),
    );
  console.table([...rows, ...growth].map((row) => line(row, groundOf(row))));
  const [small, large] = growth;
  if (small && large)
    console.log(
      `A million rows cost ${ratio(large.cpu, small.cpu)} times the CPU of a thousand, p99 ${ratio(large.p99, small.p99)}`,
    );
}
writeFileSync(RESULTS, `${JSON.stringify(results, null, 2)}\n`);
writeFileSync('docs/pictures/bench.svg', chart(results));
process.exit(0);

function line(row: ServerRow, ground: ServerRow | undefined) {
  return {
    ...{ what: row.what, 'at once': row.atOnce, 'per second': Math.round(row.perSecond), 'p50 ms': row.p50.toFixed(1) },
    ...{
      'p99 ms': row.p99.toFixed(1),
      'CPU ms': row.cpu.toFixed(2),
      'CPU to bare': ground ? ratio(row.cpu, ground.cpu) : '',
    },
    errors: row.errors,
  };
}

function kilo(bytes: number): string {
  return (bytes / 1_000).toFixed(1);
}

function ratio(value: number, ground: number): string {
  return ground > 0 ? (value / ground).toFixed(2) : '';
}
