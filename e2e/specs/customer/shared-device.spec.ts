import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BrowserContext, chromium } from '@playwright/test';
import { ensureChromium } from '../../support/chromium.ts';
import { createPhone, expect, test } from '../../support/fixtures.ts';
import {
  acceptHandOver,
  agentMessages,
  chooseAgent,
  handOverCase,
  openCustomerPhone,
  signIn,
  startCase,
} from '../../support/pages/agent.ts';
import { JourneyPage, messages } from '../../support/pages/journey-page.ts';

const w = messages.en.assist;

test.describe('nobody at the device', () => {
  test('locks it after two minutes with what was half typed, and only the same person comes back to it', async ({
    page,
    journey,
  }) => {
    await page.clock.install();
    const waitUntilIdle = async () => {
      // Webpack gives a file up after two minutes of the page's clock, so its script must be there first.
      await journey.waitForHydration();
      await expect(async () => {
        await page.clock.fastForward(125_000);
        await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.locked.title, { timeout: 1_000 });
      }).toPass();
    };
    const phone = createPhone();
    await signIn(page, 'ana');
    await startCase(page, phone);
    await journey.expectTitle(agentMessages.en.steps.identity.title);
    const pageUrl = page.url();
    await page.locator('[name=firstName]').fill('Rosa');
    await page.clock.fastForward(100_000);
    // A key pressed at the device starts the two minutes again.
    await page.locator('[name=lastName]').fill('Lun');
    await page.clock.fastForward(100_000);
    await expect(page.locator('[name=lastName]')).toBeVisible();
    await waitUntilIdle();
    await expect(page.getByText('Ana Torres')).toBeVisible();
    await expect(page.getByText(phone)).toHaveCount(0);

    // Nothing behind the lock is shown, by no way.
    for (const path of [new URL(pageUrl).pathname, '/en/assist', pageUrl.replace(/identity$/, 'hand-over')]) {
      await page.goto(path);
      await journey.expectTitle(w.locked.title);
    }
    await page.goBack();
    await expect(page.locator('[name=firstName]')).toHaveCount(0);
    await page.goto('/en/assist');

    // The provider asks for the account again, and another account does not get there.
    await page.getByRole('button', { name: w.locked.action }).click();
    await expect(page.getByRole('heading', { name: 'Who are you?' })).toBeVisible();
    await chooseAgent(page, 'ana');
    await expect(page).toHaveURL(pageUrl);
    await expect(page.locator('[name=firstName]')).toHaveValue('Rosa');
    await expect(page.locator('[name=lastName]')).toHaveValue('Lun');
    await waitUntilIdle();
    await page.getByRole('button', { name: w.locked.action }).click();
    await chooseAgent(page, 'carla');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.title);
    await expect(page.getByText(phone)).toHaveCount(0);
  });
});

for (const path of ['/en/assist/take-over/a-b_c', '/no/page/of/ours']) {
  test(`a session is locked whatever page it was on: ${path}`, { tag: '@all' }, async ({ page, journey, baseURL }) => {
    await signIn(page, 'ana');
    await journey.expectTitle(w.title);
    const headers = { origin: baseURL ?? '' };
    expect((await page.request.post('/assist/lock', { form: { path }, headers })).status()).toBe(204);
    await page.goto('/en/assist');
    await journey.expectTitle(w.locked.title);
  });
}

test('a locked device writes into no other case, and the audit says who filled in what', { tag: '@all' }, async ({
  page,
  journey,
  baseURL,
}) => {
  await signIn(page, 'diana');
  const startNamedCase = async (name: string) => {
    await startCase(page, createPhone());
    await journey.expectTitle(agentMessages.en.steps.identity.title);
    await page.locator('[name=firstName]').fill(name);
    return new URL(page.url()).pathname;
  };
  const otherCase = await startNamedCase('');
  await page.goto('/en/assist');
  const lockedCase = await startNamedCase('Rosa');
  const headers = { origin: baseURL ?? '' };
  const lockDevice = async (path: string, firstName: string) =>
    (await page.request.post('/assist/lock', { form: { path, firstName }, headers })).status();
  // The page that locks hands in its form, and may do so once more.
  for (const [path, name] of [
    [lockedCase, 'Canario'],
    [otherCase, 'Forastero'],
    [lockedCase, 'Segundo'],
    [lockedCase, 'Tercero'],
  ] as const) {
    expect(await lockDevice(path, name)).toBe(204);
  }
  await page.goto('/en/assist');
  await page.getByRole('button', { name: w.locked.action }).click();
  await chooseAgent(page, 'diana');
  await expect(page).toHaveURL(lockedCase);
  await expect(page.locator('[name=firstName]')).toHaveValue('Segundo');
  await page.goto(otherCase);
  await expect(page.locator('[name=firstName]')).toHaveValue('');
  const readHistory = async (path: string) => {
    await page.goto(path.replace(/identity$/, 'history'));
    return page.getByRole('listitem').allInnerTexts();
  };
  const { fill } = w.history.actions.case;
  const fills = (await readHistory(lockedCase)).filter((entry) => entry.includes(fill));
  const { firstName } = agentMessages.en.steps.identity;
  // The history shows entries of one person that follow each other within seconds as one act.
  expect(fills).toHaveLength(1);
  expect(fills[0]).toContain('Diana Vega');
  expect(fills[0]).toContain(firstName);
  expect((await readHistory(otherCase)).filter((entry) => entry.includes(fill))).toEqual([]);
});

/** Every byte of a browser's profile in which a text stands, as it is or as UTF-16. */
function findFilesWith(folder: string, texts: readonly string[]): string[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return files.flatMap(({ parentPath, name }) => {
    const path = join(parentPath, name);
    const bytes = readFileSync(path);
    const hasText = (text: string) => bytes.includes(text) || bytes.includes(Buffer.from(text, 'utf16le'));
    return texts.filter(hasText).map((text) => `${text} in ${path.slice(folder.length)}`);
  });
}

const CANARY = {
  firstName: 'Canariaria',
  lastName: 'Zumbadora',
  street: 'Callejon Canario 77',
  email: 'canaria77@example.mx',
};

/** A browser with a profile on disk, as a shop's device has it. */
async function withProfile(
  baseURL: string | undefined,
  runInProfile: (context: BrowserContext) => Promise<void>,
): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-profile-'));
  const context = await chromium.launchPersistentContext(folder, {
    baseURL: baseURL ?? '',
    locale: 'en-US',
    viewport: { width: 1280, height: 800 },
    executablePath: ensureChromium(),
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run'],
  });
  await runInProfile(context);
  await context.close();
  return folder;
}

test('after “next customer” the device has nothing of the last one: no storage, cache, history, autofill or page behind Back', async ({
  baseURL,
}) => {
  const phone = createPhone();
  const texts = [...Object.values(CANARY), phone, phone.slice(3)];
  const folder = await withProfile(baseURL, async (context) => {
    const page = context.pages()[0] ?? (await context.newPage());
    const journey = new JourneyPage(page);
    await signIn(page, 'diana');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.title);
    const lengthBefore = await page.evaluate(() => history.length);
    await startCase(page, phone);
    await journey.expectTitle(agentMessages.en.steps.identity.title);
    await journey.fillIdentity({ ...CANARY, birth: ['1', '2', '1990'], phone });
    await journey.continue();
    await journey.expectTitle(agentMessages.en.steps.address.title);
    await journey.fillAddress();
    await page.locator('[name=address1]').fill(CANARY.street);
    await journey.continue();
    await journey.expectTitle(agentMessages.en.steps.payment.title);
    await page.goBack();
    await expect(page.locator('[name=address1]')).toHaveValue(CANARY.street);
    await page.goForward();
    for (const text of [w.more, w.close.open]) await page.getByText(text, { exact: true }).click();
    await page.getByRole('button', { name: w.close.confirm }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.title);
    await expect(page.getByText(CANARY.firstName)).toHaveCount(0);

    // Every page behind Back has become the list.
    for (let stepsLeft = (await page.evaluate(() => history.length)) - lengthBefore; stepsLeft > 0; stepsLeft -= 1) {
      await page.goBack();
      await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.title);
      const html = await page.content();
      for (const text of texts) expect(html.includes(text), text).toBe(false);
    }
    await page.goto('/en/assist');
    const browserStorage = await page.evaluate(async () => ({
      local: { ...localStorage },
      session: { ...sessionStorage },
      caches: await caches.keys(),
      databases: await indexedDB.databases(),
      workers: (await navigator.serviceWorker.getRegistrations()).length,
    }));
    expect(browserStorage).toEqual({ local: {}, session: {}, caches: [], databases: [], workers: 0 });
    expect((await context.cookies()).map(({ name }) => name).filter((name) => name.startsWith('__Host'))).toEqual([
      '__Host-agent',
    ]);
    // The browser's offers to the next customer.
    await startCase(page, createPhone());
    await journey.expectTitle(agentMessages.en.steps.identity.title);
    const autofillOffers = await page
      .locator('form input:not([type=hidden])')
      .evaluateAll((inputs) =>
        inputs
          .filter((input) => (input as HTMLInputElement).autocomplete !== 'off')
          .map((input) => input.getAttribute('name')),
      );
    expect(autofillOffers).toEqual([]);
  });
  const filesWithData = findFilesWith(folder, texts);
  rmSync(folder, { recursive: true, force: true });
  expect(filesWithData).toEqual([]);
});

test('after “start over” Back and the journey show nothing of the person before, with a hand-over or without', {
  tag: '@all',
}, async ({ page, journey, browser, baseURL }) => {
  const s = messages.en.startOver;
  const clickStartOver = async (target = page, w = s) => {
    await target.getByText(w.open).click();
    await target.getByRole('button', { name: w.action }).click();
  };
  await journey.start('en');
  await journey.fillIdentity({ ...CANARY, birth: ['1', '2', '1990'], phone: createPhone() });
  await journey.continue();
  await journey.expectTitle(messages.en.steps.address.title);
  await page.goto('/en');
  await expect(page.getByText(s.open)).toBeVisible();
  await page.goto('/en/onboarding/identity');
  await expect(page.locator('[name=firstName]')).toHaveValue(CANARY.firstName);
  await clickStartOver();
  await journey.expectTitle(messages.en.start.title);
  await expect(page.getByText(s.open)).toHaveCount(0);
  expect((await page.context().cookies()).map(({ name }) => name)).not.toContain('__Host-draft');
  for (let stepsLeft = 4; stepsLeft > 0; stepsLeft -= 1) {
    await page.goBack();
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    for (const [name, text] of Object.entries(CANARY)) {
      await expect(page.locator('body')).not.toContainText(text);
      for (const field of await page.locator(`[name=${name}]`).all()) await expect(field).toHaveValue('');
    }
  }

  // A case stays the agent's: only the customer's device is out of it.
  const phone = createPhone();
  await signIn(page, 'ana');
  await startCase(page, phone);
  const { link } = await handOverCase(page);
  const customerPage = await openCustomerPhone(browser, baseURL);
  await acceptHandOver(page, customerPage, link);
  await expect(customerPage.locator('[name=phoneNumber]')).toHaveValue(phone);
  await clickStartOver(customerPage, messages.es.startOver);
  await expect(customerPage.getByRole('heading', { level: 1 })).toHaveText(messages.es.start.title);
  await customerPage.goto('/es/onboarding/identity');
  await expect(customerPage.locator('[name=phoneNumber]')).toHaveValue('');
  await expect(page.getByRole('status')).toContainText(w.handOver.state.stopped);
  await page.getByRole('link', { name: w.handOver.back }).click();
  await expect(page.locator('[name=phoneNumber]')).toHaveValue(phone);
  await customerPage.context().close();
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

test('and that search does find what a customer’s own page leaves in a browser', { tag: '@all' }, async ({
  baseURL,
}) => {
  const folder = await withProfile(baseURL, async (context) => {
    const page = context.pages()[0] ?? (await context.newPage());
    const journey = new JourneyPage(page);
    await journey.start('en');
    await journey.fillIdentity({ ...CANARY, birth: ['1', '2', '1990'], phone: createPhone() });
    await journey.continue();
    await journey.expectTitle(messages.en.steps.address.title);
    await page.goto('/en');
  });
  const filesWithData = findFilesWith(folder, [CANARY.firstName, CANARY.email]);
  rmSync(folder, { recursive: true, force: true });
  expect(filesWithData.length).toBeGreaterThan(0);
});
