import { type Browser, type BrowserContextOptions, chromium } from '@playwright/test';
import { startBaseline } from '../support/baseline.ts';
import { ensureChromium } from '../support/chromium.ts';
import { JourneyPage } from '../support/pages/journey-page.ts';
import { startStack } from '../support/stack.ts';

/** Costs of a page on a phone: bytes over the wire by kind, and milliseconds under slow 4G with a quarter of the CPU. */
export type PaintRow = {
  page: string;
  html: number;
  script: number;
  style: number;
  font: number;
  /** Largest Contentful Paint, Total Blocking Time, Cumulative Layout Shift (web.dev). */
  largestPaint: number;
  blocked: number;
  shift: number;
};

/** Lighthouse's mobile preset: 1.6 Mbit/s down, 750 kbit/s up, 150 ms, and a CPU four times slower. */
const SLOW_NETWORK = {
  offline: false,
  latency: 150,
  downloadThroughput: (1_638.4 * 1_024) / 8,
  uploadThroughput: (750 * 1_024) / 8,
};
const CPU_RATE = 4;
/** The middle of so many looks. */
const VISITS = 3;

type PaintMetrics = { largestPaint: number; blocked: number; shift: number };

/** Runs in the page before anything else. */
function observePaint(): void {
  const metrics: PaintMetrics = { largestPaint: 0, blocked: 0, shift: 0 };
  (window as unknown as { seen: PaintMetrics }).seen = metrics;
  const observeEntries = (type: string, onEntry: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(onEntry)).observe({ type, buffered: true });
  observeEntries('largest-contentful-paint', (entry) => {
    metrics.largestPaint = entry.startTime;
  });
  observeEntries('longtask', (entry) => {
    metrics.blocked += Math.max(0, entry.duration - 50);
  });
  observeEntries('layout-shift', (entry) => {
    metrics.shift += (entry as unknown as { value: number }).value;
  });
}

/** One first visit, in a process of its own: a second one in the same would find compiled what it brings. */
async function measureVisit(
  browser: Browser,
  phone: BrowserContextOptions,
  name: string,
  url: string,
): Promise<PaintRow> {
  const context = await browser.newContext(phone);
  const page = await context.newPage();
  await page.addInitScript(observePaint);
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  await session.send('Network.emulateNetworkConditions', SLOW_NETWORK);
  await session.send('Emulation.setCPUThrottlingRate', { rate: CPU_RATE });
  const kinds = new Map<string, string>();
  const bytes: Record<string, number> = { Document: 0, Script: 0, Stylesheet: 0, Font: 0 };
  session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId) ?? '';
    if (kind in bytes) bytes[kind] = (bytes[kind] ?? 0) + encodedDataLength;
  });
  await page.goto(url, { waitUntil: 'networkidle' });
  const metrics = await page.evaluate(() => (window as unknown as { seen: PaintMetrics }).seen);
  await context.close();
  const { Document: html = 0, Script: script = 0, Stylesheet: style = 0, Font: font = 0 } = bytes;
  return { page: name, html, script, style, font, ...metrics };
}

/** The middle of some looks, number by number. */
async function getMedianRow(visit: () => Promise<PaintRow>): Promise<PaintRow> {
  const rows: PaintRow[] = [];
  for (let remaining = VISITS; remaining > 0; remaining -= 1) rows.push(await visit());
  const [first] = rows as [PaintRow];
  const getMedian = (name: keyof PaintRow) =>
    rows.map((row) => Number(row[name])).sort((a, b) => a - b)[Math.floor(VISITS / 2)];
  const names = Object.keys(first).filter((name) => name !== 'page') as Exclude<keyof PaintRow, 'page'>[];
  return { page: first.page, ...Object.fromEntries(names.map((name) => [name, getMedian(name)])) } as PaintRow;
}

async function measurePages(browser: Browser, baselineOrigin: string, app: string): Promise<PaintRow[]> {
  const phone = { viewport: { width: 390, height: 844 }, isMobile: true };
  const context = await browser.newContext({ ...phone, baseURL: app });
  const journey = new JourneyPage(await context.newPage());
  await journey.start('en');
  await journey.goToCard('+525512340009');
  const storageState = await context.storageState();
  await context.close();
  const pages = [
    ['a bare page', baselineOrigin],
    ['start', `${app}/en`],
    ...['identity', 'address', 'payment', 'card'].map((step) => [step, `${app}/en/onboarding/${step}`] as const),
  ] as const;
  const rows: PaintRow[] = [];
  for (const [name, url] of pages)
    rows.push(await getMedianRow(() => measureVisit(browser, { ...phone, storageState }, name, url)));
  return rows;
}

/** Bytes and paint of each step, beside a bare page of the same framework. Builds that. */
export async function runPaintBenchmark(): Promise<PaintRow[]> {
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: ['--no-sandbox'] });
  const baseline = await startBaseline();
  const stack = await startStack({
    ports: 'free',
    env: { SHED_DELAY_MS: '60000', DATA_DIR: `.data/bench-${process.pid}` },
  });
  try {
    return await measurePages(browser, baseline.origin, stack.origins.app);
  } finally {
    await stack.stop();
    await baseline.stop();
    await browser.close();
  }
}
