import { chromium, type Page } from '@playwright/test';
import { ensureChromium } from '../../support/chromium.ts';
import { ORIGIN } from '../../support/http.ts';
import { HttpApplicant } from '../../support/http-applicant.ts';
import { findLedgerBreaches, type PartResult } from '../../support/run-helpers.ts';
import { runInLanes, TestEnvironment } from '../../support/test-environment.ts';
import { createHostileLinks } from './hostile-links.ts';

/**
 * Hostile links from the upstream, each once to a browser without script and once to Chromium: every customer ends
 * at the waiting page.
 */
export async function runHostileLinks(count: number): Promise<PartResult> {
  const environment = await TestEnvironment.create('postgres');
  const breaches: string[] = [];
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: ['--no-sandbox'] });
  try {
    // Looking would find the person and their true link, which is followed: here only what came back counts.
    const { port } = await environment.startServer({ RECONCILE_AFTER_MS: '60000' });
    const urls = createHostileLinks({ host: environment.linkHost, scheme: 'http' }).slice(0, count);
    const createSteeredPerson = async (link: string) => {
      const person = new HttpApplicant();
      await person.fill(port);
      const headers = { 'content-type': 'application/json' };
      await environment.controlUpstream('next', {
        key: person.phone,
        answer: { status: 200, headers, body: JSON.stringify({ link }) },
      });
      return person;
    };
    await runInLanes(2, urls, async (link, index) => {
      const scriptlessPerson = await createSteeredPerson(link);
      const { location } = await scriptlessPerson.submit(port);
      if (location !== '/en/onboarding/outcome')
        breaches.push(`without script: ${JSON.stringify(link)} led to ${location}`);

      const person = await createSteeredPerson(link);
      const context = await browser.newContext();
      const page = await context.newPage();
      const visitedUrls = await recordVisits(page, port);
      await context.addCookies([person.browserCookie]);
      await page.goto(`${ORIGIN}/en/onboarding/review`);
      await page.locator('form[data-journey-form] button[type=submit]').click();
      await page.waitForURL(/\/outcome$/, { timeout: 15_000 }).catch(() => {});
      if (!page.url().startsWith(`${ORIGIN}/en/onboarding/outcome`)) visitedUrls.push(page.url());
      for (const url of visitedUrls) breaches.push(`with script: ${JSON.stringify(link)} led to ${url}`);
      await context.close();
      if (index % 50 === 49)
        process.stderr.write(`links: ${index + 1} of ${urls.length}, ${breaches.length} breaches\n`);
    });
    const controlPerson = new HttpApplicant();
    await controlPerson.fill(port);
    const { location } = await controlPerson.submit(port);
    if (!location?.startsWith('http:')) breaches.push('a good link was not followed: this run proves nothing');
    breaches.push(...(await findLedgerBreaches(environment)));
    return { runs: `${urls.length} links, with and without script`, summary: `${breaches.length} followed`, breaches };
  } finally {
    await browser.close();
    await environment.stop();
  }
}

/** Serves the public origin from the server's port, and notes every other place that the page asks for. */
async function recordVisits(page: Page, port: number): Promise<string[]> {
  const visitedUrls: string[] = [];
  page.on('dialog', (dialog) => {
    visitedUrls.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    if (url.origin !== ORIGIN) {
      visitedUrls.push(url.href);
      return route.abort();
    }
    const headers = { ...(await route.request().allHeaders()), host: url.host };
    const response = await route.fetch({
      url: `http://127.0.0.1:${port}${url.pathname}${url.search}`,
      headers,
      maxRedirects: 0,
    });
    return route.fulfill({ response });
  });
  return visitedUrls;
}
