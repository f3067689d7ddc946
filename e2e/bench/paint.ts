import { type Browser, chromium } from '@playwright/test';
import { startBaseline } from '../support/baseline.ts';
import { ensureChromium } from '../support/chromium.ts';
import { JourneyPage } from '../support/pages/journey-page.ts';
import { startStack } from '../support/stack.ts';
import { type Conditions, measureVisit, type Network, type Visit } from './visit.ts';

/** The cost of a page's visit, the middle of some, number by number. */
export type PaintRow = { page: string; network: string; visit: 'first' | 'repeat' } & Visit;

const toBytesPerSecond = (kilobits: number) => (kilobits * 1_024) / 8;
/** Lighthouse's mobile preset, and the connection of a middling 4G phone. */
const NETWORKS: Record<string, Network> = {
  'slow 4G': {
    offline: false,
    latency: 150,
    downloadThroughput: toBytesPerSecond(1_638.4),
    uploadThroughput: toBytesPerSecond(750),
  },
  '9 Mbps': {
    offline: false,
    latency: 100,
    downloadThroughput: toBytesPerSecond(9_000),
    uploadThroughput: toBytesPerSecond(9_000),
  },
};
const CPU_RATE = 4;
const VISITS = 3;

const phone = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

async function getMedianVisit(visit: () => Promise<Visit>): Promise<Visit> {
  const visits: Visit[] = [];
  for (let remaining = VISITS; remaining > 0; remaining -= 1) visits.push(await visit());
  const [first] = visits as [Visit];
  const getMedian = (name: keyof Visit) =>
    visits.map((each) => each[name]).sort((a, b) => a - b)[Math.floor(VISITS / 2)];
  return Object.fromEntries(Object.keys(first).map((name) => [name, getMedian(name as keyof Visit)])) as Visit;
}

async function measurePages(browser: Browser, baselineOrigin: string, app: string): Promise<PaintRow[]> {
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
  for (const [network, speed] of Object.entries(NETWORKS))
    for (const visit of ['first', 'repeat'] as const)
      for (const [page, url] of pages) {
        const conditions: Conditions = { network: speed, cpuRate: CPU_RATE, isRepeat: visit === 'repeat' };
        const measure = () => measureVisit(browser, { ...phone, storageState }, url, conditions);
        rows.push({ page, network, visit, ...(await getMedianVisit(measure)) });
      }
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
