import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from '@playwright/test';
import { createPhone, expect, test } from '../../support/fixtures.ts';
import { handOverCase, signIn, startCase } from '../../support/pages/agent.ts';
import { FORM_WALKS, type FormStop, runFormWalk } from '../../support/pages/form-pages.ts';
import { JourneyPage, messages } from '../../support/pages/journey-page.ts';
import { callAction } from '../../support/pages/server-actions.ts';
import { getRun } from '../../support/test-run.ts';

const w = messages.en;
const PERSON = { firstName: 'Ana', lastName: 'Ruiz', birth: ['1', '2', '1990'] as [string, string, string] };

/** Milliseconds for one action in the browser that blocks cookies. */
const MAX_STEP_MS = 20_000;

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'front-door-no-cookies-'));
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A browser whose settings block every cookie. */
async function openBlockingContext(javaScriptEnabled: boolean): Promise<BrowserContext> {
  mkdirSync(join(folder, 'Default'), { recursive: true });
  writeFileSync(
    join(folder, 'Default', 'Preferences'),
    JSON.stringify({ profile: { default_content_setting_values: { cookies: 2 } } }),
  );
  const executablePath = process.env['CHROMIUM_PATH'];
  const context = await chromium.launchPersistentContext(folder, {
    ...(executablePath && { executablePath }),
    javaScriptEnabled,
    baseURL: getRun().origins.app,
    locale: 'en-US',
    args: ['--no-sandbox', '--disable-gpu'],
  });
  // A wait that does not end names its step: this browser is not the runner's.
  context.setDefaultTimeout(MAX_STEP_MS);
  return context;
}

/** Returns a page as the server sends it to a browser with cookies. A live page does not load itself again. */
async function fetchPage(context: BrowserContext, url: string) {
  const page = await context.newPage();
  const response = await page.goto(url);
  const body = (await response?.text())?.replaceAll(/<meta http-equiv="refresh"[^>]*>/gi, '') ?? '';
  const policy = response?.headers()['content-security-policy'] ?? '';
  await page.close();
  return { body, policy };
}

/** Opens a page as a browser with cookies was sent it, in one that blocks them since, and posts its form. */
async function pressWithoutCookies(context: BrowserContext, stop: FormStop, hasScript: boolean): Promise<void> {
  const [url, page] = [stop.page.url(), await context.newPage()];
  const { body, policy } = await fetchPage(stop.page.context(), url);
  const headers = { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy };
  await page.route(url, (route) => route.fulfill({ headers, body }), { times: 1 });
  await page.goto(url);
  if (hasScript) await new JourneyPage(page).waitForHydration();
  await stop.fill?.(page);
  await stop.press(page);
  const saysItself = hasScript && (stop.kind === 'step' || stop.kind === 'list');
  if (stop.withoutCookies === 'signed-out' && !saysItself) {
    await expect(page.getByRole('heading', { level: 1 }), url).toHaveText(w.assist.signIn.title);
  } else {
    if (stop.withoutCookies === 'provider') {
      await expect(page).toHaveURL((target) => target.origin !== getRun().origins.app);
      await page.goto('/assist/callback?state=en.state&code=code');
    }
    await expect(page.getByText(/allow cookies/i).first(), url).toBeVisible();
  }
  await page.close();
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

    for (const walk of FORM_WALKS) {
      test(`are told of at every form of ${walk}, also in the middle`, { tag: '@all' }, async ({ browser }) => {
        const context = await openBlockingContext(javaScriptEnabled);
        await runFormWalk(walk, browser, async (stop) => {
          if (javaScriptEnabled && stop.isLive) return;
          await pressWithoutCookies(context, stop, javaScriptEnabled);
        });
        await context.close();
      });
    }

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

test('a decision about a submission that needs review leads to the sign-in without a cookie', { tag: '@all' }, async ({
  request,
}) => {
  const call = { path: '/en/assist/parked', args: ['en', crypto.randomUUID()], fields: { decision: 'again' } };
  const answer = await callAction(request, 'resolveParked', call);
  expect([answer.status(), answer.headers()['location']]).toEqual([303, '/en/assist/sign-in']);
});
