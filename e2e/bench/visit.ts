import type { Browser, BrowserContextOptions, CDPSession, Page } from '@playwright/test';

/** Cost of one visit: bytes over the wire, milliseconds, and bytes of memory. */
export type Visit = {
  html: number;
  /** Everything until the page has loaded. */
  weight: number;
  /** Script that came before the first paint, that ran before the first touch, and of the whole page once it is touched. */
  scriptBeforePaint: number;
  scriptBeforeTouch: number;
  script: number;
  style: number;
  font: number;
  /** Largest Contentful Paint, Total Blocking Time, Cumulative Layout Shift (web.dev). */
  largestPaint: number;
  /** The load event, or the end of the last task over 50 ms before the first touch. */
  ready: number;
  blocked: number;
  shift: number;
  heap: number;
};

export type Network = { offline: boolean; latency: number; downloadThroughput: number; uploadThroughput: number };
export type Conditions = { network: Network; cpuRate: number; isRepeat: boolean };

type PageMetrics = Pick<Visit, 'largestPaint' | 'ready' | 'blocked' | 'shift'>;

/** Runs in the page before anything else. */
function observePaint(): void {
  const metrics: PageMetrics = { largestPaint: 0, ready: 0, blocked: 0, shift: 0 };
  (window as unknown as { metrics: PageMetrics }).metrics = metrics;
  const observeEntries = (type: string, onEntry: (entry: PerformanceEntry) => void) =>
    new PerformanceObserver((list) => list.getEntries().forEach(onEntry)).observe({ type, buffered: true });
  observeEntries('largest-contentful-paint', (entry) => {
    metrics.largestPaint = entry.startTime;
  });
  observeEntries('longtask', (entry) => {
    metrics.blocked += Math.max(0, entry.duration - 50);
    metrics.ready = Math.max(metrics.ready, entry.startTime + entry.duration);
  });
  observeEntries('layout-shift', (entry) => {
    metrics.shift += (entry as unknown as { value: number }).value;
  });
  addEventListener('load', () =>
    setTimeout(() => {
      const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
      metrics.ready = Math.max(metrics.ready, navigation?.loadEventEnd ?? 0);
    }),
  );
}

/** Counts bytes over the wire by kind. What comes from the cache counts nothing. */
async function countBytes(
  session: CDPSession,
): Promise<() => { html: number; style: number; font: number; script: number; all: number }> {
  const kinds = new Map<string, string>();
  const sums = { html: 0, style: 0, font: 0, script: 0, all: 0 };
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    const isScript = /\.js$/.test(new URL(response.url).pathname); // a script that is fetched ahead has another type
    kinds.set(
      requestId,
      isScript
        ? 'script'
        : ({ Document: 'html', Stylesheet: 'style', Font: 'font', Script: 'script' }[type as string] ?? ''),
    );
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const kind = kinds.get(requestId);
    sums.all += encodedDataLength;
    if (kind) sums[kind as keyof typeof sums] += encodedDataLength;
  });
  return () => ({ ...sums });
}

/** Bytes of the app's script files by when they came, as the page itself counts them. */
const readScripts = (page: Page) =>
  page.evaluate(() => {
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const files = entries.filter(({ name }) => /\.js$/.test(new URL(name).pathname));
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    const sumBytes = (from: PerformanceResourceTiming[]) =>
      from.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
    return {
      scriptBeforePaint: sumBytes(files.filter(({ startTime }) => startTime < (paint?.startTime ?? Infinity))),
      scriptBeforeTouch: sumBytes(files.filter(({ initiatorType }) => initiatorType !== 'fetch')),
    };
  });

async function readHeap(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0;
}

/** One visit in a context of its own. The repeated visit finds in the cache what an unhurried first one left there. */
export async function measureVisit(
  browser: Browser,
  options: BrowserContextOptions,
  url: string,
  { network, cpuRate, isRepeat }: Conditions,
): Promise<Visit> {
  const context = await browser.newContext(options);
  const page = await context.newPage();
  if (isRepeat) {
    await page.goto(url, { waitUntil: 'networkidle' });
    await page.goto('about:blank');
  }
  await page.addInitScript(observePaint);
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', network);
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpuRate });
  const getBytes = await countBytes(session);
  await page.goto(url, { waitUntil: 'load' });
  const { all: weight, html, style, font } = getBytes();
  await page.waitForLoadState('networkidle');
  const metrics = await page.evaluate(() => (window as unknown as { metrics: PageMetrics }).metrics);
  const scripts = await readScripts(page);
  const heap = await readHeap(session);
  await page.keyboard.press('Shift');
  await page.locator('next-route-announcer').waitFor({ state: 'attached' });
  await page.waitForLoadState('networkidle');
  const { script } = getBytes();
  await context.close();
  return { html, weight, style, font, ...scripts, script, ...metrics, heap };
}
