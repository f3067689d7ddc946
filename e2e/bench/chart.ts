import type { PaintRow } from './paint.ts';
import type { ServerRow } from './server.ts';

type Given = { date: string; machine: string; paint?: PaintRow[]; server?: ServerRow[] };
type Bar = { label: string; value: number; text: string; isGround: boolean };

const WIDTH = 720;
const LEFT = 250;
const ROW = 26;

/** Two charts in one picture: script of each step, and CPU of a submit, each beside its ground. */
export function chart({ date, machine, paint = [], server = [] }: Given): string {
  const script = paint.map(({ page, script: bytes }) => ({
    label: page,
    value: bytes / 1_000,
    text: `${(bytes / 1_000).toFixed(1)} kB`,
    isGround: page === 'a bare page',
  }));
  const submits = server.filter(({ what, atOnce }) => atOnce === 16 && what.startsWith('submit'));
  const cpu = submits.map(({ what, cpu: used }) => ({
    label: what.replace('submit, ', ''),
    value: used,
    text: `${used.toFixed(2)} ms`,
    isGround: !what.includes('the app'),
  }));
  const first = bars('Script of a page over the wire', script, 40);
  const second = bars('CPU of the server for one submit, 16 at once', cpu, 40 + first.height + 30);
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

function bars(title: string, rows: readonly Bar[], top: number): { svg: string; height: number } {
  const most = Math.max(1, ...rows.map(({ value }) => value));
  const room = WIDTH - LEFT - 100;
  const drawn = rows.map(({ label, value, text, isGround }, at) => {
    const y = top + at * ROW;
    const width = Math.max(1, (room * value) / most).toFixed(1);
    const fill = isGround ? '#8a94a3' : '#0b6e57';
    return `<text x="12" y="${y + 16}" fill="#18212f">${label}</text><rect x="${LEFT}" y="${y + 3}" width="${width}" height="18" rx="3" fill="${fill}"/><text x="${LEFT + Number(width) + 8}" y="${y + 16}" fill="#18212f">${text}</text>`;
  });
  return {
    svg: `<text x="12" y="${top - 12}" font-weight="bold" fill="#18212f">${title}</text>\n${drawn.join('\n')}`,
    height: rows.length * ROW,
  };
}
