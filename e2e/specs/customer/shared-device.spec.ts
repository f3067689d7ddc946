import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from '@playwright/test';
import { ensureChromium } from '../../support/chromium.ts';
import { expect, freshPhone, test } from '../../support/fixtures.ts';
import { accept, beginCase, chooseAgent, customersPhone, handOverCase, signIn } from '../../support/pages/agent.ts';
import { JourneyPage, words } from '../../support/pages/journey-page.ts';

const w = words.en.assist;

test.describe('nobody at the device', () => {
  test('locks it after two minutes with what was half typed, and only the same person comes back to it', async ({
    page,
    journey,
  }) => {
    await page.clock.install();
    /** Two minutes and more, once the page's script is there. */
    const idle = () =>
      expect(async () => {
        // A file of the page that is still on its way would be given up by its own two minutes.
        await page.waitForLoadState('networkidle');
        await page.clock.fastForward(125_000);
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.locked.title, { timeout: 1_000 });
      }).toPass();
    const phone = freshPhone();
    await signIn(page, 'ana');
    await beginCase(page, phone);
    await journey.expectTitle(words.en.steps.identity.title);
    const here = page.url();
    await page.locator('[name=firstName]').fill('Rosa');
    await page.clock.fastForward(100_000);
    // A hand at the device starts the two minutes anew.
    await page.locator('[name=lastName]').fill('Lun');
    await page.clock.fastForward(100_000);
    await expect(page.locator('[name=lastName]')).toBeVisible();
    await idle();
    await expect(page.getByText('Ana Torres')).toBeVisible();
    await expect(page.getByText(phone)).toHaveCount(0);

    // Nothing behind the lock is shown, by no way.
    for (const path of [new URL(here).pathname, '/en/assist', here.replace(/identity$/, 'hand-over')]) {
      await page.goto(path);
      await journey.expectTitle(w.locked.title);
    }
    await page.goBack();
    await expect(page.locator('[name=firstName]')).toHaveCount(0);
    await page.goto('/en/assist');

    // The provider asks who it is, although it still knows; somebody else does not get there.
    await page.getByRole('button', { name: w.locked.action }).click();
    await expect(page.getByRole('heading', { name: 'Who are you?' })).toBeVisible();
    await chooseAgent(page, 'ana');
    await expect(page).toHaveURL(here);
    await expect(page.locator('[name=firstName]')).toHaveValue('Rosa');
    await expect(page.locator('[name=lastName]')).toHaveValue('Lun');
    await idle();
    await page.getByRole('button', { name: w.locked.action }).click();
    await chooseAgent(page, 'carla');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.new);
    await expect(page.getByText(phone)).toHaveCount(0);
  });
});

for (const path of ['/en/assist/take-over/a-b_c', '/no/page/of/ours']) {
  test(`a session is locked whatever page it was on: ${path}`, async ({ page, journey, baseURL }) => {
    await signIn(page, 'ana');
    await journey.expectTitle(w.new);
    const headers = { origin: baseURL ?? '' };
    expect((await page.request.post('/assist/lock', { form: { path }, headers })).status()).toBe(204);
    await page.goto('/en/assist');
    await journey.expectTitle(w.locked.title);
  });
}

test('a locked device writes into no other case, and the audit says who filled in what', async ({
  page,
  journey,
  baseURL,
}) => {
  await signIn(page, 'diana');
  const begin = async (name: string) => {
    await beginCase(page, freshPhone());
    await journey.expectTitle(words.en.steps.identity.title);
    await page.locator('[name=firstName]').fill(name);
    return new URL(page.url()).pathname;
  };
  const other = await begin('');
  await page.goto('/en/assist');
  const locked = await begin('Rosa');
  const headers = { origin: baseURL ?? '' };
  const lock = async (path: string, firstName: string) =>
    (await page.request.post('/assist/lock', { form: { path, firstName }, headers })).status();
  // The page that locks hands in its form, and may do so once more.
  for (const [path, name] of [
    [locked, 'Canario'],
    [other, 'Forastero'],
    [locked, 'Segundo'],
    [locked, 'Tercero'],
  ] as const) {
    expect(await lock(path, name)).toBe(204);
  }
  await page.goto('/en/assist');
  await page.getByRole('button', { name: w.locked.action }).click();
  await chooseAgent(page, 'diana');
  await expect(page).toHaveURL(locked);
  await expect(page.locator('[name=firstName]')).toHaveValue('Segundo');
  await page.goto(other);
  await expect(page.locator('[name=firstName]')).toHaveValue('');
  const history = async (path: string) => {
    await page.goto(path.replace(/identity$/, 'history'));
    return page.getByRole('listitem').allInnerTexts();
  };
  const { fill } = w.history.actions.case;
  const fills = (await history(locked)).filter((entry) => entry.includes(`diana · ${fill}`));
  expect(fills.map((entry) => entry.includes('firstName'))).toEqual([true, true]);
  expect((await history(other)).filter((entry) => entry.includes(fill))).toEqual([]);
});

/** Every byte of a browser's profile in which a text stands, as it is or as UTF-16. */
function findIn(folder: string, texts: readonly string[]): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.flatMap(({ parentPath, name }) => {
    const path = join(parentPath, name);
    const bytes = readFileSync(path);
    const isThere = (text: string) => bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'));
    return texts.filter(isThere).map((text) => `${text} in ${path.slice(folder.length)}`);
  });
}

const CANARY = {
  firstName: 'Canariaria',
  lastName: 'Zumbadora',
  street: 'Callejon Canario 77',
  email: 'canaria77@example.mx',
};

/** A browser with a profile on disk, as a shop's device has it. */
async function profile(baseURL: string | undefined, work: (context: BrowserContext) => Promise<void>): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-profile-'));
  const context = await chromium.launchPersistentContext(folder, {
    ...{ baseURL: baseURL ?? '', locale: 'en-US', viewport: { width: 1280, height: 800 } },
    executablePath: ensureChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
  });
  await work(context);
  await context.close();
  return folder;
}

test('after “next customer” the device has nothing of the last one: no storage, cache, history, autofill or page behind Back', async ({
  baseURL,
}) => {
  const phone = freshPhone();
  const texts = [...Object.values(CANARY), phone, phone.slice(3)];
  const folder = await profile(baseURL, async (context) => {
    const page = context.pages()[0] ?? (await context.newPage());
    const journey = new JourneyPage(page);
    await signIn(page, 'diana');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.new);
    const before = await page.evaluate(() => history.length);
    await beginCase(page, phone);
    await journey.expectTitle(words.en.steps.identity.title);
    await journey.identity({ ...CANARY, birth: ['1', '2', '1990'], phone });
    await journey.continue();
    await journey.expectTitle(words.en.steps.address.title);
    await journey.typeAddress();
    await page.locator('[name=address1]').fill(CANARY.street);
    await journey.continue();
    await journey.expectTitle(words.en.steps.payment.title);
    await page.goBack();
    await expect(page.locator('[name=address1]')).toHaveValue(CANARY.street);
    await page.goForward();
    await page.getByRole('link', { name: w.handOver.title }).click();
    await page.getByRole('button', { name: w.handOver.leave }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.new);
    await expect(page.getByText(CANARY.firstName)).toHaveCount(0);

    // Every page behind Back has become the list.
    for (let left = (await page.evaluate(() => history.length)) - before; left > 0; left -= 1) {
      await page.goBack();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.new);
      const html = await page.content();
      for (const text of texts) expect(html.includes(text), text).toBe(false);
    }
    await page.goto('/en/assist');
    const stored = await page.evaluate(async () => ({
      local: { ...localStorage },
      session: { ...sessionStorage },
      caches: await caches.keys(),
      databases: await indexedDB.databases(),
      workers: (await navigator.serviceWorker.getRegistrations()).length,
    }));
    expect(stored).toEqual({ local: {}, session: {}, caches: [], databases: [], workers: 0 });
    expect((await context.cookies()).map(({ name }) => name).filter((name) => name.startsWith('__Host'))).toEqual([
      '__Host-agent',
    ]);
    // What the browser would offer the next customer.
    await beginCase(page, freshPhone());
    await journey.expectTitle(words.en.steps.identity.title);
    const offers = await page
      .locator('form input:not([type=hidden])')
      .evaluateAll((inputs) =>
        inputs
          .filter((input) => (input as HTMLInputElement).autocomplete !== 'off')
          .map((input) => input.getAttribute('name')),
      );
    expect(offers).toEqual([]);
  });
  const found = findIn(folder, texts);
  rmSync(folder, { recursive: true, force: true });
  expect(found).toEqual([]);
});

test('after “start over” Back and the journey show nothing of the person before, with a hand-over or without', async ({
  page,
  journey,
  browser,
  baseURL,
}) => {
  const s = words.en.startOver;
  const startOver = async (on = page, w = s) => {
    await on.getByText(w.open).click();
    await on.getByRole('button', { name: w.action }).click();
  };
  await journey.start('en');
  await journey.identity({ ...CANARY, birth: ['1', '2', '1990'], phone: freshPhone() });
  await journey.continue();
  await journey.expectTitle(words.en.steps.address.title);
  await page.goto('/en');
  await expect(page.getByText(s.open)).toBeVisible();
  await page.goto('/en/onboarding/identity');
  await expect(page.locator('[name=firstName]')).toHaveValue(CANARY.firstName);
  await startOver();
  await journey.expectTitle(words.en.start.title);
  await expect(page.getByText(s.open)).toHaveCount(0);
  expect((await page.context().cookies()).map(({ name }) => name)).not.toContain('__Host-draft');
  for (let left = 4; left > 0; left -= 1) {
    await page.goBack();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    for (const [name, text] of Object.entries(CANARY)) {
      await expect(page.locator('body')).not.toContainText(text);
      for (const box of await page.locator(`[name=${name}]`).all()) await expect(box).toHaveValue('');
    }
  }

  // A case stays the agent's: only the customer's device is out of it.
  const phone = freshPhone();
  await signIn(page, 'ana');
  await beginCase(page, phone);
  const { link } = await handOverCase(page);
  const theirs = await customersPhone(browser, baseURL);
  await accept(page, theirs, link);
  await expect(theirs.locator('[name=phoneNumber]')).toHaveValue(phone);
  await startOver(theirs, words.es.startOver);
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText(words.es.start.title);
  await theirs.goto('/es/onboarding/identity');
  await expect(theirs.locator('[name=phoneNumber]')).toHaveValue('');
  await expect(page.getByRole('status')).toContainText(w.handOver.state.stopped);
  await page.getByRole('link', { name: w.handOver.back }).click();
  await expect(page.locator('[name=phoneNumber]')).toHaveValue(phone);
  await theirs.context().close();
});

for (const [name, path, form] of [
  ['a customer starts over', '/start-over', { lang: 'en' }],
  ['an agent signs out', '/assist/sign-out', { lang: 'en' }],
] as const) {
  test(`when ${name}, the browser is told to forget its cache`, async ({ page, baseURL }) => {
    const headers = { origin: baseURL ?? '' };
    const answer = await page.request.post(path, { form, headers, maxRedirects: 0 });
    expect([answer.status(), answer.headers()['clear-site-data']]).toEqual([303, '"cache"']);
  });
}

test('and that search does find what a customer’s own page leaves in a browser', async ({ baseURL }) => {
  const folder = await profile(baseURL, async (context) => {
    const page = context.pages()[0] ?? (await context.newPage());
    const journey = new JourneyPage(page);
    await journey.start('en');
    await journey.identity({ ...CANARY, birth: ['1', '2', '1990'], phone: freshPhone() });
    await journey.continue();
    await journey.expectTitle(words.en.steps.address.title);
    await page.goto('/en');
  });
  const found = findIn(folder, [CANARY.firstName, CANARY.email]);
  rmSync(folder, { recursive: true, force: true });
  expect(found.length).toBeGreaterThan(0);
});
