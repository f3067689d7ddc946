import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import { type Browser, test as base, expect, type Page } from '@playwright/test';
import { createRaasControl } from '../../support/control-client.ts';
import { getEmbeddedFrame, readEvents } from '../../support/pages/embedded-page.ts';
import { JourneyPage, type Lang, messages } from '../../support/pages/journey-page.ts';
import { type Stack, startStack } from '../../support/stack.ts';

// The partner's site of the demo sends customers to the app and receives its events.

/** The phone of the site's customers, as the upstream receives it. */
const PHONE = '+525521206706';

const SIZES = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 800 } };

const test = base.extend<object, { stack: Stack }>({
  stack: [
    // biome-ignore lint/correctness/noEmptyPattern: the runner reads from the pattern which fixtures a fixture needs
    async ({}, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'front-door-partner-site-'));
      const stack = await startStack({ ports: 'free', hasWebhooks: true, env: { DATA_DIR: join(folder, 'data') } });
      await use(stack);
      await stack.stop();
      rmSync(folder, { recursive: true, force: true });
    },
    { scope: 'worker', timeout: 120_000 },
  ],
});

async function openSite(browser: Browser, stack: Stack, lang: Lang, size: keyof typeof SIZES): Promise<Page> {
  const context = await browser.newContext({
    baseURL: stack.origins.app,
    locale: lang === 'es' ? 'es-MX' : 'en-US',
    viewport: SIZES[size],
  });
  const page = await context.newPage();
  await page.goto(stack.origins['partner'] ?? '');
  return page;
}

/** Checks that axe finds no violation and that the page does not scroll sideways, and takes a picture. */
async function checkPage(page: Page, name: string): Promise<void> {
  expect((await new AxeBuilder({ page }).setLegacyMode().analyze()).violations).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBe(0);
  await page.screenshot({ path: test.info().outputPath(`${name}.png`), fullPage: true });
}

const getCase = (page: Page, title: string) =>
  page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: title }) });
const getApplications = (page: Page) => page.locator('#applications');

test('the site shows each verified event and the new state without a reload, and no forged event', {
  tag: '@all',
}, async ({ browser, stack }) => {
  const raas = createRaasControl(() => stack.origins['raasControl'] ?? '');
  const sitePage = await openSite(browser, stack, 'en', 'desk');
  await expect(getApplications(sitePage)).toContainText('None yet');
  await checkPage(sitePage, 'empty-en-desk');

  const customerPage = await openSite(browser, stack, 'en', 'desk');
  await getCase(customerPage, 'Everything is known').getByRole('link', { name: 'By link' }).click();
  const journey = new JourneyPage(customerPage);
  await journey.expectTitle(messages.en.review.title);
  await expect(getApplications(sitePage)).toContainText('application.started');
  await expect(getApplications(sitePage).locator('.state')).toHaveText('Started');
  await journey.submit();
  await journey.expectLink();
  await expect(getApplications(sitePage).locator('.state')).toHaveText('Link delivered');
  await expect(getApplications(sitePage).locator('.log code')).toHaveText([
    'application.started',
    'application.submitted',
    'application.link_delivered',
  ]);
  await checkPage(sitePage, 'delivered-en-desk');
  expect(await raas.getSubmitRequests(PHONE)).toHaveLength(1);

  const forgedEvent = {
    type: 'application.refused',
    timestamp: '2026-01-01T00:00:00Z',
    data: { application: 'forged' },
  };
  const headers = {
    'webhook-id': 'x',
    'webhook-timestamp': `${Math.floor(Date.now() / 1_000)}`,
    'webhook-signature': 'v1,eA==',
  };
  const url = `${stack.origins['partner']}/events`;
  const answer = await fetch(url, { method: 'POST', headers, body: JSON.stringify(forgedEvent) });
  expect(answer.status).toBe(401);
  await sitePage.reload();
  await expect(getApplications(sitePage)).not.toContainText('forged');
});

test('a customer who stops returns to the site, which names the reference', { tag: '@all' }, async ({
  browser,
  stack,
}) => {
  const page = await openSite(browser, stack, 'es', 'phone');
  await getCase(page, 'Solo se sabe el teléfono').getByRole('link', { name: 'Formulario' }).click();
  await page.getByRole('button', { name: 'Seguir en el registro' }).click();
  const journey = new JourneyPage(page);
  await journey.expectTitle(messages.es.steps.identity.title);
  await page.goto('/es');
  await page.getByRole('link', { name: messages.es.partner.return.replace('{brand}', 'Puente') }).click();
  const returned = page.locator('.back');
  await expect(returned).toContainText('El cliente regresó');
  await expect(returned).toContainText('stopped');
  const reference = new URL(page.url()).searchParams.get('reference') ?? '';
  const application = getApplications(page).getByRole('listitem').filter({ hasText: reference });
  await expect(application.locator('.state')).toHaveText('Empezada');
  await expect(application).toContainText('Firma verificada');
  await checkPage(page, 'returned-es-phone');
  await page.emulateMedia({ colorScheme: 'dark' });
  await checkPage(page, 'returned-es-phone-dark');
  await page.getByRole('link', { name: 'English' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Sandbox partner');
});

test('a page with the journey in it shows the events of its own application', { tag: '@all' }, async ({
  browser,
  stack,
}) => {
  const page = await openSite(browser, stack, 'es', 'phone');
  await getCase(page, 'Solo se sabe el teléfono').getByRole('link', { name: 'En este sitio' }).click();
  const journey = new JourneyPage(page, getEmbeddedFrame(page));
  await journey.expectTitle(messages.es.steps.identity.title);
  await expect(getApplications(page).locator('.log code')).toHaveText(['application.started']);
  await expect.poll(() => readEvents(page)).toContain('ready {}');
  await page.screenshot({ path: test.info().outputPath('embedded-es-phone.png') });
  await page.getByRole('heading', { name: 'Eventos del marco' }).scrollIntoViewIfNeeded();
  await page.screenshot({ path: test.info().outputPath('embedded-es-phone-below.png') });
});
