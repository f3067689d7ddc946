import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from '@playwright/test';
import { createPhone, expect, test } from '../../support/fixtures.ts';
import { handOverCase, signIn, startCase } from '../../support/pages/agent.ts';
import { JourneyPage, messages } from '../../support/pages/journey-page.ts';
import { getRun } from '../../support/test-run.ts';

const w = messages.en;
const PERSON = { firstName: 'Ana', lastName: 'Ruiz', birth: ['1', '2', '1990'] as [string, string, string] };

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'front-door-no-cookies-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A browser whose settings block every cookie. */
function openBlockingContext(javaScriptEnabled: boolean): Promise<BrowserContext> {
  mkdirSync(join(folder, 'Default'), { recursive: true });
  writeFileSync(
    join(folder, 'Default', 'Preferences'),
    JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }),
  );
  const executablePath = process.env['CHROMIUM_PATH'];
  return chromium.launchPersistentContext(folder, {
    ...(executablePath && { executablePath }),
    javaScriptEnabled,
    baseURL: getRun().origins.app,
    locale: 'en-US',
    args: ['--no-sandbox', '--disable-gpu'],
  });
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'blocked cookies, with script' : 'blocked cookies, without script', () => {
    test('are told of at the first button', { tag: javaScriptEnabled ? [] : '@all' }, async () => {
      const context = await openBlockingContext(javaScriptEnabled);
      const journey = new JourneyPage(context.pages()[0] ?? (await context.newPage()));
      await journey.start('en');
      if (javaScriptEnabled) await journey.waitForHydration();
      await journey.fillIdentity({ ...PERSON, phone: createPhone() });
      await journey.continue();
      await expect(journey.page.getByText(javaScriptEnabled ? w.form.cookies : w.form.lost)).toBeVisible();
      if (javaScriptEnabled) await expect(journey.page.locator('[name=firstName]')).toHaveValue('Ana');
      await context.close();
    });

    test('are told of after a partner’s link and a hand-over', { tag: '@all' }, async ({ page }) => {
      await signIn(page, 'ana');
      await startCase(page, createPhone(), 'en', 'en');
      const { link, code } = await handOverCase(page);
      const token = await (
        await fetch(`${getRun().origins['partner']}/token`, {
          method: 'POST',
          body: JSON.stringify({ content: { answers: { phoneNumber: createPhone() }, lang: 'en' } }),
        })
      ).text();
      const context = await openBlockingContext(javaScriptEnabled);
      const customerPage = context.pages()[0] ?? (await context.newPage());
      const title = customerPage.getByRole('heading', { level: 1 });
      if (javaScriptEnabled) {
        await customerPage.goto(`/partner#${token}`);
      } else {
        await customerPage.goto(`${getRun().origins['partner']}/post?token=${token}`);
        await customerPage.getByRole('button').click();
        await customerPage.getByRole('button').click();
      }
      await expect(title).toHaveText(w.cookies.title);
      if (javaScriptEnabled) await customerPage.goto(link);
      else {
        await customerPage.goto('/en/continue');
        await customerPage.getByRole('textbox').fill(code);
        await customerPage.getByRole('button', { name: w.continue.redeem }).click();
      }
      await expect(title).toHaveText(w.cookies.title);
      await customerPage.getByRole('link', { name: w.cookies.again }).click();
      await expect(title).toHaveText(w.start.title);
      await context.close();
      // The link was not used up.
      await page.goto(`/partner#${token}`);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.steps.identity.title);
    });
  });
}

test('a page that leads on after the first cookie leads nowhere else', async ({ request }) => {
  for (const target of [
    'https://evil.test/',
    '//evil.test',
    '/en/../evil',
    '/en/assist',
    '/en/onboarding/identity?x',
    '',
  ]) {
    const answer = await request.get(`/cookies?to=${encodeURIComponent(target)}`, { maxRedirects: 0 });
    expect(answer.headers()['location'], target).toMatch(/^\/(en|es)(\/cookies)?$/);
  }
});
