import type { PaintRow } from './paint.ts';
import type { ServerRow } from './server.ts';

type ChartData = { date: string; machine: string; paint?: PaintRow[]; server?: ServerRow[] };
type Bar = { label: string; value: number; text: string; isBaseline: boolean };

const WIDTH = 720;
const LABEL_WIDTH = 250;
const ROW_HEIGHT = 26;

/** Draws two charts in one picture: script of each step before the first touch, and CPU of a submit, each beside its baseline. */
export function renderChart({ date, machine, paint = [], server = [] }: ChartData): string {
  const firstVisits = paint.filter(({ network, visit }) => network === 'slow 4G' && visit === 'first');
  const script = firstVisits.map(({ page, scriptBeforeTouch: bytes }) => ({
    label: page,
    value: bytes / 1_000,
    text: `${(bytes / 1_000).toFixed(1)} kB`,
    isBaseline: page === 'a bare page',
  }));
  const submits = server.filter(({ what: name, atOnce }) => atOnce === 16 && name.startsWith('submit'));
  const cpu = submits.map(({ what: name, cpu: cpuMs }) => ({
    label: name.replace('submit, ', ''),
    value: cpuMs,
    text: `${cpuMs.toFixed(2)} ms`,
    isBaseline: !name.includes('the app'),
  }));
  const first = renderBars('Script that a page runs before the first touch', script, 40);
  const second = renderBars('CPU of the server for one submit, 16 at once', cpu, 40 + first.height + 30);
  const height = 40 + first.height + 30 + second.height + 30;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="system-ui, sans-serif" font-size="14">
<title>Script of each page and CPU of a submit, each beside its ground</title>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
${first.svg}
${second.svg}
<text x="12" y="${height - 12}" fill="#5b6470" font-size="12">${date}, ${machine}</text>
</svg>
`;
}

function renderBars(title: string, rows: readonly Bar[], top: number): { svg: string; height: number } {
  const maxValue = Math.max(1, ...rows.map(({ value }) => value));
  const maxBarWidth = WIDTH - LABEL_WIDTH - 100;
  const shapes = rows.map(({ label, value, text, isBaseline }, index) => {
    const y = top + index * ROW_HEIGHT;
    const width = Math.max(1, (maxBarWidth * value) / maxValue).toFixed(1);
    const fill = isBaseline ? '#8a94a3' : '#0b6e57';
    return `<text x="12" y="${y + 16}" fill="#18212f">${label}</text><rect x="${LABEL_WIDTH}" y="${y + 3}" width="${width}" height="18" rx="3" fill="${fill}"/><text x="${LABEL_WIDTH + Number(width) + 8}" y="${y + 16}" fill="#18212f">${text}</text>`;
  });
  return {
    svg: `<text x="12" y="${top - 12}" font-weight="bold" fill="#18212f">${title}</text>\n${shapes.join('\n')}`,
    height: rows.length * ROW_HEIGHT,
  };
}
