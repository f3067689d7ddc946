import { chromium, type Page } from '@playwright/test';
import { ensureChromium } from '../../support/chromium.ts';
import { ORIGIN } from '../../support/http.ts';
import { Applicant } from '../../support/http-applicant.ts';
import { ledgerBreaches, type Result } from '../../support/part.ts';
import { inLanes, World } from '../../support/test-environment.ts';
import { hostileLinks } from './hostile-links.ts';

/**
 * Hostile links from the upstream, each once to a browser without script and once to Chromium: nobody is sent anywhere
 * but to the waiting page.
 */
export async function links(count: number): Promise<Result> {
  const world = await World.create('postgres');
  const breaches: string[] = [];
  const browser = await chromium.launch({ executablePath: ensureChromium(), args: ['--no-sandbox'] });
  try {
    // Looking would find the person and their true link, which is followed: here only what came back counts.
    const { port } = await world.start({ RECONCILE_AFTER_MS: '60000' });
    const hostile = hostileLinks({ host: world.linkHost, scheme: 'http' }).slice(0, count);
    const steered = async (link: string) => {
      const person = new Applicant();
      await person.fill(port);
      const headers = { 'content-type': 'application/json' };
      await world.steer('next', {
        key: person.phone,
        answer: { status: 200, headers, body: JSON.stringify({ link }) },
      });
      return person;
    };
    await inLanes(2, hostile, async (link, index) => {
      const plain = await steered(link);
      const { location } = await plain.submit(port);
      if (location !== '/en/onboarding/outcome')
        breaches.push(`without script: ${JSON.stringify(link)} led to ${location}`);

      const person = await steered(link);
      const context = await browser.newContext();
      const page = await context.newPage();
      const left = await watch(page, port);
      await context.addCookies([person.browserCookie]);
      await page.goto(`${ORIGIN}/en/onboarding/review`);
      await page.locator('form[data-journey-form] button[type=submit]').click();
      await page.waitForURL(/\/outcome$/, { timeout: 15_000 }).catch(() => {});
      if (!page.url().startsWith(`${ORIGIN}/en/onboarding/outcome`)) left.push(page.url());
      for (const place of left) breaches.push(`with script: ${JSON.stringify(link)} led to ${place}`);
      await context.close();
      if (index % 50 === 49)
        process.stderr.write(`links: ${index + 1} of ${hostile.length}, ${breaches.length} breaches\n`);
    });
    const control = new Applicant();
    await control.fill(port);
    const { location } = await control.submit(port);
    if (!location?.startsWith('http:')) breaches.push('a good link was not followed: this run proves nothing');
    breaches.push(...(await ledgerBreaches(world)));
    return { runs: `${hostile.length} links, with and without script`, saw: `${breaches.length} followed`, breaches };
  } finally {
    await browser.close();
    await world.end();
  }
}

/** Serves the public origin from the server's port, and notes every other place that the page asks for. */
async function watch(page: Page, port: number): Promise<string[]> {
  const left: string[] = [];
  page.on('dialog', (dialog) => {
    left.push(`a dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  await page.route('**/*', async (route) => {
    const url = new URL(route.request().url());
    if (url.origin !== ORIGIN) {
      left.push(url.href);
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
  return left;
}
