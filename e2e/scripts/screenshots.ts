/**
 * `npm run screenshots -- <folder> [brand file]`: walks the built app and takes a picture of every page and state, in both languages,
 * on a phone and on a desk, light and dark. Without a folder they go into `screenshots/`, which git ignores. The README's
 * pictures come from here.
 */
import { mkdirSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from '@playwright/test';
import { ensureChromium } from '../support/chromium.ts';
import { JourneyPage, type Lang } from '../support/pages/journey-page.ts';
import { listSceneNames } from '../support/pages/scenes.ts';
import { startStack } from '../support/stack.ts';

const folder = process.argv[2] ?? 'screenshots';
const SIZES = { phone: { width: 390, height: 844 }, desk: { width: 1280, height: 800 } };
const PERSON = {
  firstName: 'Maria',
  lastName: 'Garcia',
  lastName2: 'López',
  birth: ['24', '6', '1987'] as [string, string, string],
  phone: '55 2120 6706',
  email: 'maria@example.com',
};

async function captureJourney(
  browser: Browser,
  app: string,
  lang: Lang,
  size: keyof typeof SIZES,
  colorScheme: 'light' | 'dark',
) {
  const context = await browser.newContext({
    baseURL: app,
    viewport: SIZES[size],
    colorScheme,
    isMobile: size === 'phone',
  });
  const page = await context.newPage();
  const journey = new JourneyPage(page);
  let screenshotCount = 0;
  const takeScreenshot = async (name: string) => {
    screenshotCount += 1;
    const file = `${lang}-${size}-${colorScheme}-${screenshotCount}-${name}.png`;
    await page.screenshot({ path: join(folder, file), fullPage: true });
  };
  journey.lang = lang;
  await page.goto(`/${lang}`);
  await takeScreenshot('start');
  await journey.start(lang);
  await journey.continue();
  await journey.fillIdentity({ ...PERSON, firstName: '' });
  await takeScreenshot('identity-errors');
  await journey.fillIdentity(PERSON);
  await journey.continue();
  await journey.expectTitle(journey.messages.steps.address.title);
  await journey.searchAddress('calle dos');
  await takeScreenshot('address-search');
  await page.getByRole('listbox').getByRole('option').first().click();
  await page.getByText(journey.messages.steps.address.picked).waitFor();
  await takeScreenshot('address');
  await journey.openAddressLines();
  await page.locator('[name=address1]').fill('Avenida Calle Dos 298');
  await takeScreenshot('address-dropped');
  await page.getByRole('button', { name: journey.messages.steps.address.restore }).click();
  await journey.continue();
  await journey.expectTitle(journey.messages.steps.payment.title);
  await journey.choosePayment('UBN');
  await page.locator('[name="ubnParams.number"]').fill('002302275621938815');
  await journey.continue();
  await page.getByText(journey.messages.steps.payment.swapHint).waitFor();
  await takeScreenshot('payment');
  await journey.choosePayment('Card');
  await journey.continue();
  await journey.expectTitle(journey.messages.steps.card.title);
  await journey.fillCard({ number: '4111111111111111', expiry: '1128', code: '123' });
  await takeScreenshot('card');
  await journey.continue();
  await journey.expectTitle(journey.messages.review.title);
  await takeScreenshot('review');
  await page.goto(`${app}/${lang}/onboarding/card`);
  await takeScreenshot('card-saved');
  await page.getByRole('link', { name: journey.messages.steps.card.keep }).click();
  await journey.submit();
  await page.waitForURL(/127\.0\.0\.1/);
  await takeScreenshot('link');
  await page.goto(`${app}/${lang}/onboarding/outcome`);
  await takeScreenshot('outcome');
  for (const name of await listSceneNames(app)) {
    await page.goto(`/${lang}/preview/${name}`);
    await takeScreenshot(name);
  }
  await context.close();
}

mkdirSync(folder, { recursive: true });
const data = mkdtempSync(join(tmpdir(), 'front-door-data-'));
const stack = await startStack({ ports: 'free', env: { DATA_DIR: data, BRAND_FILE: process.argv[3] ?? '' } });
const browser = await chromium.launch({ executablePath: ensureChromium(), args: ['--no-sandbox'] });
for (const lang of ['es', 'en'] as const) {
  for (const size of ['phone', 'desk'] as const) {
    for (const scheme of ['light', 'dark'] as const)
      await captureJourney(browser, stack.origins.app, lang, size, scheme);
  }
}
await browser.close();
await stack.stop();
console.log(`The pictures are in ${folder}`);
