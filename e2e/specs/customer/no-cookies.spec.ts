import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from '@playwright/test';
import { expect, freshPhone, test } from '../../support/fixtures.ts';
import { beginCase, handOverCase, signIn } from '../../support/pages/agent.ts';
import { JourneyPage, words } from '../../support/pages/journey-page.ts';
import { runOf } from '../../support/run.ts';

const w = words.en;
const PERSON = { firstName: 'Ana', lastName: 'Ruiz', birth: ['1', '2', '1990'] as [string, string, string] };

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'front-door-no-cookies-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A browser whose settings block every cookie. */
function openBlocking(javaScriptEnabled: boolean): Promise<BrowserContext> {
  mkdirSync(join(folder, 'Default'), { recursive: true });
  writeFileSync(
    join(folder, 'Default', 'Preferences'),
    JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }),
  );
  const executablePath = process.env['CHROMIUM_PATH'];
  return chromium.launchPersistentContext(folder, {
    ...(executablePath && { executablePath }),
    ...{ javaScriptEnabled, baseURL: runOf().origins.app, locale: 'en-US' },
    args: ['--no-sandbox', '--disable-gpu'],
  });
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'blocked cookies, with script' : 'blocked cookies, without script', () => {
    test('are told of at the first button', async () => {
      const context = await openBlocking(javaScriptEnabled);
      const journey = new JourneyPage(context.pages()[0] ?? (await context.newPage()));
      await journey.start('en');
      if (javaScriptEnabled) await journey.listening();
      await journey.identity({ ...PERSON, phone: freshPhone() });
      await journey.continue();
      await expect(journey.page.getByText(javaScriptEnabled ? w.form.cookies : w.form.lost)).toBeVisible();
      if (javaScriptEnabled) await expect(journey.page.locator('[name=firstName]')).toHaveValue('Ana');
      await context.close();
    });

    test('are told of after a partner’s link and a hand-over', async ({ page }) => {
      await signIn(page, 'ana');
      await beginCase(page, freshPhone(), 'en', 'en');
      const { link, code } = await handOverCase(page);
      const token = await (
        await fetch(`${runOf().origins['partner']}/token`, {
          method: 'POST',
          body: JSON.stringify({ content: { answers: { phoneNumber: freshPhone() }, lang: 'en' } }),
        })
      ).text();
      const context = await openBlocking(javaScriptEnabled);
      const theirs = context.pages()[0] ?? (await context.newPage());
      const title = theirs.getByRole('heading', { level: 1 });
      if (javaScriptEnabled) {
        await theirs.goto(`/partner#${token}`);
      } else {
        await theirs.goto(`${runOf().origins['partner']}/post?token=${token}`);
        await theirs.getByRole('button').click();
        await theirs.getByRole('button').click();
      }
      await expect(title).toHaveText(w.cookies.title);
      if (javaScriptEnabled) await theirs.goto(link);
      else {
        await theirs.goto('/en/continue');
        await theirs.getByRole('textbox').fill(code);
        await theirs.getByRole('button', { name: w.continue.redeem }).click();
      }
      await expect(title).toHaveText(w.cookies.title);
      await theirs.getByRole('link', { name: w.cookies.again }).click();
      await expect(title).toHaveText(w.start.title);
      await context.close();
      // The link was not used up.
      await page.goto(`/partner#${token}`);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.steps.identity.title);
    });
  });
}

test('a page that leads on after the first cookie leads nowhere else', async ({ request }) => {
  for (const to of [
    'https://evil.test/',
    '//evil.test',
    '/en/../evil',
    '/en/assist',
    '/en/onboarding/identity?x',
    '',
  ]) {
    const answer = await request.get(`/cookies?to=${encodeURIComponent(to)}`, { maxRedirects: 0 });
    expect(answer.headers()['location'], to).toMatch(/^\/(en|es)(\/cookies)?$/);
  }
});
