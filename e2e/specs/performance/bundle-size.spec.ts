import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, type Page, test } from '@playwright/test';
import { startBaseline } from '../../support/baseline.ts';
import { JourneyPage } from '../../support/pages/journey-page.ts';
import { type Stack, startStack } from '../../support/stack.ts';

// Script that a page loads, as it goes over the wire, against a bare page of the same framework served in the same run.
// A measurement ends when none of the app's scripts has been on its way for half a second. Playwright's `networkidle` waits
// for every request of the page, also for the vault's, and does not report which one it waits for.

/** Bytes of script that run before the first touch, and that come before the first paint. */
const UNTOUCHED_BUDGET = 15_000;
/** Bytes that a step may load above the bare page once it is touched, and the search on top. */
const STEP_BUDGET = 26_500;
const SEARCH_BUDGET = 45_000;

let baseline: Awaited<ReturnType<typeof startBaseline>>;
let stack: Stack;
const folder = mkdtempSync(join(tmpdir(), 'front-door-weight-'));

// One worker builds the baseline app once.
test.describe.configure({ mode: 'default' });

test.beforeAll(async () => {
  baseline = await startBaseline();
  stack = await startStack({ ports: 'free', env: { DATA_DIR: folder } });
});
test.afterAll(async () => {
  await stack.stop();
  await baseline.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Without a script of the app on its way for so long, a page has all of them. */
const QUIET_MS = 500;

/**
 * Follows the scripts that a tab loads from an origin from now on.
 *
 * @returns `takeBytes`, which returns the bytes of the scripts that arrived since its last call, and `waitForScripts`
 */
async function observeScripts(page: Page, origin: string) {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  const pending = new Map<string, string>();
  const scripts = new Set<string>();
  let bytes = 0;
  let changedAt = performance.now();
  const finish = (requestId: string) => {
    if (pending.delete(requestId)) changedAt = performance.now();
  };
  const { frameTree } = await session.send('Page.getFrameTree');
  let currentDocument = frameTree.frame.loaderId;
  session.on('Network.requestWillBeSent', ({ requestId, loaderId, frameId, type, request }) => {
    const isMainFrame = frameId === frameTree.frame.id;
    if (type === 'Document' && isMainFrame) {
      // The requests of a page that is left end without an event, also those that it sends until the next page arrives.
      pending.clear();
      currentDocument = loaderId;
    }
    if (isMainFrame && loaderId !== currentDocument) return;
    if (!request.url.startsWith(`${origin}/_next/static/`) || !request.url.endsWith('.js')) return;
    pending.set(requestId, request.url);
    changedAt = performance.now();
  });
  session.on('Network.responseReceived', ({ requestId, type, response }) => {
    if (type === 'Script' && response.url.startsWith(origin)) scripts.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (scripts.has(requestId)) bytes += encodedDataLength;
    finish(requestId);
  });
  session.on('Network.loadingFailed', ({ requestId }) => finish(requestId));
  return {
    takeBytes() {
      const sum = bytes;
      bytes = 0;
      return sum;
    },
    async waitForScripts() {
      changedAt = performance.now();
      await expect
        .poll(() => (performance.now() - changedAt > QUIET_MS ? [...pending.values()] : 'a script has just moved'))
        .toEqual([]);
    },
  };
}

const formatKilobytes = (bytes: number) => `${(bytes / 1_000).toFixed(1)} kB`;

const PAGES = ['', '/onboarding/identity', '/onboarding/address', '/onboarding/payment', '/onboarding/card'];

/** The bytes of a page's built scripts, by when they came and whether the page ran them, and the text of those inside of it. */
const readScripts = (page: Page) =>
  page.evaluate(() => {
    const entries = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
    const files = entries.filter(({ name }) => /\/_next\/static\/.*\.js$/.test(name));
    const [paint] = performance.getEntriesByName('first-contentful-paint');
    const sumBytes = (from: PerformanceResourceTiming[]) =>
      from.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
    return {
      beforePaint: sumBytes(files.filter(({ startTime }) => startTime < (paint?.startTime ?? Infinity))),
      run: sumBytes(files.filter(({ initiatorType }) => initiatorType !== 'fetch')),
      fetched: sumBytes(files),
      inline: [...document.scripts].map(({ text }) => text).join('\n'),
    };
  });

test('nearly no script comes before the first paint of a page or runs before it is touched; the rest comes afterwards', async ({
  page,
}) => {
  const { app } = stack.origins;
  const journey = new JourneyPage(page);
  await page.goto(`${app}/en/onboarding/identity`);
  await journey.goToReviewWithWallet('55 1234 5677');
  const { waitForScripts } = await observeScripts(page, app);
  for (const path of [...PAGES.filter((path) => !path.endsWith('card')), '/onboarding/review']) {
    await page.goto(`${app}/en${path}`);
    await expect.poll(async () => (await readScripts(page)).fetched, path).toBeGreaterThan(100_000);
    await waitForScripts();
    const { beforePaint, run, fetched, inline } = await readScripts(page);
    const inlineBytes = gzipSync(inline).length;
    console.log(
      `/en${path}: ${formatKilobytes(run + inlineBytes)} run, ${formatKilobytes(fetched)} fetched afterwards`,
    );
    expect(beforePaint + inlineBytes, path).toBeLessThan(UNTOUCHED_BUDGET);
    expect(run + inlineBytes, path).toBeLessThan(UNTOUCHED_BUDGET);
  }
});

test('the card page loads its scripts after its first paint', { tag: '@all' }, async ({ page }) => {
  const { app } = stack.origins;
  const journey = new JourneyPage(page);
  await page.goto(`${app}/en/onboarding/identity`);
  await journey.goToCard('55 1234 5676');
  await page.goto(`${app}/en/onboarding/card`);
  await expect.poll(async () => (await readScripts(page)).run).toBeGreaterThan(100_000);
  const { beforePaint, inline } = await readScripts(page);
  expect(beforePaint + gzipSync(inline).length).toBeLessThan(UNTOUCHED_BUDGET);
});

test('a browser that saves data fetches nothing before the first touch', async ({ page }) => {
  const { app } = stack.origins;
  await saveData(page);
  const { waitForScripts } = await observeScripts(page, app);
  await page.goto(`${app}/en/onboarding/identity`);
  await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
  await waitForScripts();
  expect((await readScripts(page)).fetched).toBe(0);
});

/** As the setting of a phone. */
const saveData = (page: Page) =>
  page.addInitScript(() => Object.defineProperty(navigator, 'connection', { value: { saveData: true } }));

test('no page loads more script than its budget when it is touched', async ({ page }) => {
  // Each file comes once: with the touch.
  await saveData(page);
  const bare = await observeScripts(page, baseline.origin);
  await page.goto(baseline.origin);
  await bare.waitForScripts();
  const baselineBytes = bare.takeBytes();
  expect(baselineBytes).toBeGreaterThan(100_000);
  console.log(`a bare page: ${formatKilobytes(baselineBytes)}`);

  const { app } = stack.origins;
  const journey = new JourneyPage(page);
  await page.goto(`${app}/en/onboarding/identity`);
  await journey.goToCard('55 1234 5678');
  for (const path of PAGES) {
    // A tab of its own: files that the page before still loads do not count.
    const tab = await page.context().newPage();
    await saveData(tab);
    const { takeBytes, waitForScripts } = await observeScripts(tab, app);
    await tab.goto(`${app}/en${path}`);
    await tab.keyboard.press('Shift');
    await expect(tab.locator('next-route-announcer')).toBeAttached();
    await waitForScripts();
    const extraBytes = takeBytes() - baselineBytes;
    console.log(`/en${path}: ${formatKilobytes(extraBytes)} above it`);
    expect(extraBytes, path).toBeLessThan(STEP_BUDGET);
    await tab.close();
  }
});

test('the search loads no more than its budget when somebody goes there', async ({ page }) => {
  const { app } = stack.origins;
  const journey = new JourneyPage(page);
  await page.goto(`${app}/en/onboarding/identity`);
  await journey.goToAddress('55 1234 5679');
  await journey.waitForHydration();
  const { takeBytes, waitForScripts } = await observeScripts(page, app);
  await waitForScripts();
  takeBytes();
  const { search } = journey.messages.steps.address;
  await page.getByLabel(search).first().click();
  await expect(page.getByRole('combobox', { name: search })).toBeFocused();
  await waitForScripts();
  const extraBytes = takeBytes();
  console.log(`the search: ${formatKilobytes(extraBytes)}`);
  expect(extraBytes).toBeGreaterThan(1_000);
  expect(extraBytes).toBeLessThan(SEARCH_BUDGET);
});
