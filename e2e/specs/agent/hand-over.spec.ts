import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, freshPhone, test } from '../../support/fixtures.ts';
import {
  accept,
  beginCase,
  confirm,
  customersPhone,
  handOverCase,
  listenTo,
  offered,
  scanned,
  shownDigits,
  signIn,
} from '../../support/pages/agent.ts';
import { countEffort } from '../../support/pages/effort.ts';
import { JourneyPage, words } from '../../support/pages/journey-page.ts';
import { callAction } from '../../support/pages/server-actions.ts';
import { raas } from '../../support/sandbox-control.ts';

const w = words.en.assist;
const customers = words.es;

/** A case of a fresh phone, ready to be handed over. Resolves to what the agent's screen offers. */
async function handOver(page: Page, phone: string, who = 'ana') {
  await signIn(page, who);
  await beginCase(page, phone);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.en.steps.identity.title);
  return handOverCase(page);
}

test('clerk and customer: code, matching digits, card and consent on the phone, “delivered” on the desk', async ({
  page,
  context,
  browser,
  baseURL,
}) => {
  const told = listenTo(context);
  const phone = freshPhone();
  const { link } = await handOver(page, phone);
  expect(await scanned(page)).toBe(link);
  const theirs = await customersPhone(browser, baseURL);
  const journey = new JourneyPage(theirs);
  journey.lang = 'es';
  await accept(page, theirs, link);
  await journey.expectTitle(customers.steps.identity.title);
  await expect(theirs.locator('[name=phoneNumber]')).toHaveValue(phone);
  await expect(theirs.getByText(/Una persona de Puente te está ayudando/)).toBeVisible();
  await expect(page.getByRole('status')).toContainText('They are at: About you');
  await journey.toAddress(phone);
  await expect(page.getByRole('status')).toContainText('They are at: Your address');
  await journey.typeAddress();
  await journey.continue();
  await journey.expectTitle(customers.steps.payment.title);
  await journey.choosePayment('Card');
  await journey.continue();
  await journey.expectTitle(customers.steps.card.title);
  await journey.typeCard({ number: '4111111111111111', expiry: '1128', code: '123' });
  await journey.continue();
  await journey.expectTitle(customers.review.title);
  await journey.submit();
  await journey.expectLink();
  const sessionLink = theirs.url();
  await expect(page.getByRole('status')).toContainText('Delivered');
  expect(await raas.received(phone)).toHaveLength(1);
  const seen = await told();
  for (const secret of [sessionLink, new URL(sessionLink).pathname.slice(1), 'tok_', '411111', 'addCardParams.number'])
    expect(seen.includes(secret), secret.slice(0, 6)).toBe(false);
  // What the page no longer offers changes nothing, whoever posts it: the customer keeps the way to their link.
  const [, id = ''] = /cases\/([^/]+)/.exec(page.url()) ?? [];
  for (const action of ['handOver', 'stopHandOver']) {
    const path = new URL(page.url()).pathname;
    const answer = await callAction(page.request, action, { path, args: ['en', id] });
    expect([answer.status(), new URL(answer.headers()['location'] ?? '', page.url()).pathname]).toEqual([303, path]);
  }
  await theirs.goto('/es/onboarding/outcome');
  await journey.expectTitle(customers.outcome.succeeded.title);
  await page.getByRole('button', { name: w.handOver.next }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.new);
  await expect(page.getByText(phone)).toHaveCount(0);
  await theirs.context().close();
});

/** What the clerk types for the example's person, from the empty worklist on; no pointer. `account` is by phone. */
async function typeAll(page: Page, phone: string, account?: string): Promise<void> {
  const at = (title: string) => expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  const { keyboard } = page;
  const fill = async (...texts: string[]) => {
    for (const [place, text] of texts.entries()) {
      if (place > 0) await keyboard.press('Tab');
      await keyboard.type(text);
    }
  };
  const { identity, address, payment } = words.en.steps;
  await expect(page.getByLabel(w.phone)).toBeFocused();
  await fill(phone.slice('+52'.length));
  await keyboard.press('Enter');
  await at(identity.title);
  await expect(page.locator('[name=firstName]')).toBeFocused();
  await fill('Maria', 'Garcia', '', '24', '6', '1987');
  if (account) await fill('', '', `a${phone.slice(-9)}@leapfinancial.com`.padStart(35, 'x'));
  await keyboard.press('Enter');
  await at(address.title);
  await expect(page.getByRole('combobox', { name: address.search })).toBeFocused();
  await keyboard.type('Calle Dos 296');
  await expect(page.getByRole('option').first()).toBeVisible();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await expect(page.locator('[name=placeDetail]')).toHaveValue(/^\{/);
  await keyboard.press('Enter');
  await at(payment.title);
  await expect(page.getByRole('radio').first()).toBeFocused();
  await keyboard.press(account ? 'ArrowDown' : 'ArrowUp');
  if (account) await fill('', account);
  await keyboard.press('Enter');
  await at(w.theirs.title);
}

for (const [name, most, account] of [
  ['in the shop, with a wallet', 72, undefined],
  ['by phone, with an e-mail and an account number', 127, '002320275621938815'],
] as const) {
  test(`a customer ${name} costs the clerk ${most} keys at most, and no pointer`, async ({ browser, baseURL }) => {
    const desk = await browser.newContext({ baseURL: baseURL ?? '' });
    const page = await desk.newPage();
    await signIn(page, 'ana');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.new);
    const effort = await countEffort(desk, { isAgent: true });
    await page.reload();
    await typeAll(page, freshPhone(), account);
    const { keys, taps } = effort();
    console.log(`${name}: ${keys} keys of ${most}`);
    expect(keys).toBeLessThanOrEqual(most);
    expect(taps).toBe(0);
    await desk.close();
  });
}

test('the clerk hands over in thirteen actions, the customer goes on in none', async ({ browser, baseURL }) => {
  const desk = await browser.newContext({ baseURL: baseURL ?? '' });
  const page = await desk.newPage();
  await signIn(page, 'ana');
  const clerk = await countEffort(desk);
  await page.goto('/en/assist');
  await page.getByLabel(w.phone).focus();
  await page.keyboard.type(freshPhone().slice('+52'.length));
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: w.handOver.title }).click();
  await page.getByRole('button', { name: w.handOver.begin }).click();
  const { link } = await offered(page);
  const theirs = await customersPhone(browser, baseURL);
  const customer = await countEffort(theirs.context());
  await accept(page, theirs, link);
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText(customers.steps.identity.title);
  expect(customer().taps).toBe(0);
  const { keys, taps } = clerk();
  // The key that sends is not a character. One press is the agent's word that it is the customer's device.
  expect(keys + taps + 1).toBeLessThanOrEqual(14);
  await desk.close();
  await theirs.context().close();
});

test('a code that is read out works as it is typed; a used, a guessed and a replaced one do not', async ({
  page,
  browser,
  baseURL,
}) => {
  const phone = freshPhone();
  const first = await handOver(page, phone);
  await page.getByRole('button', { name: w.handOver.stop }).click();
  await page.getByRole('button', { name: w.handOver.begin }).click();
  const second = await offered(page);
  expect(second.code).not.toBe(first.code);
  const theirs = await customersPhone(browser, baseURL);
  const gone = theirs.getByRole('alert').filter({ hasText: customers.continue.gone });
  for (const bad of [first.code, 'AAAA AAAA', '']) {
    await theirs.goto('/es/continue');
    await theirs.getByLabel(customers.continue.code).fill(bad);
    await theirs.getByRole('button', { name: customers.continue.redeem }).click();
    await expect(gone).toBeVisible();
  }
  await theirs.goto(first.link);
  await expect(gone).toBeVisible();
  await theirs.getByLabel(customers.continue.code).fill(second.code.toLowerCase().replace(' ', '-'));
  await theirs.getByRole('button', { name: customers.continue.redeem }).click();
  await confirm(page, await shownDigits(theirs));
  await expect(theirs.locator('[name=phoneNumber]')).toHaveValue(phone);
  // Once: nobody else gets in by it, by link or by code.
  const stranger = await customersPhone(browser, baseURL);
  await stranger.goto(second.link);
  await expect(stranger.getByRole('alert').filter({ hasText: customers.continue.gone })).toBeVisible();
  await stranger.goto('/es/onboarding/identity');
  await expect(stranger.locator('[name=phoneNumber]')).toHaveValue('');
  for (const their of [theirs, stranger]) await their.context().close();
});

test('two devices with one link show their own digits; only the one that the agent presses gets the case', async ({
  page,
  browser,
  baseURL,
}) => {
  const phone = freshPhone();
  const { link } = await handOver(page, phone);
  const thief = await customersPhone(browser, baseURL);
  const theirs = await (
    await browser.newContext({ baseURL: baseURL ?? '', locale: 'es-MX', javaScriptEnabled: false })
  ).newPage();
  await thief.goto(link);
  const stolen = await shownDigits(thief);
  // The page of the customer's browser works without script, too: the token is posted by hand.
  const token = new URL(link).hash.slice(1);
  const origin = new URL(baseURL ?? '').origin;
  await theirs.request.post('/continue', { form: { token }, headers: { origin } });
  await theirs.goto('/es/continue');
  const own = await shownDigits(theirs);
  expect(own).not.toBe(stolen);
  await expect(page.getByText(w.handOver.confirm.many)).toBeVisible();
  // A reload keeps the digits: one device is one line on the agent's screen.
  await thief.goto(link);
  expect(await shownDigits(thief)).toBe(stolen);
  await confirm(page, own);
  await expect(page.getByRole('status')).toContainText('They are at');
  await expect(thief.getByRole('alert').filter({ hasText: customers.continue.gone })).toBeVisible();
  await theirs.reload();
  await theirs.getByRole('button', { name: customers.continue.redeem }).click();
  await expect(theirs.locator('[name=phoneNumber]')).toHaveValue(phone);
  await thief.goto('/es/onboarding/identity');
  await expect(thief.locator('[name=phoneNumber]')).toHaveValue('');
  for (const their of [theirs, thief]) await their.context().close();
});

test('either side can stop it', async ({ page, browser, baseURL }) => {
  const phone = freshPhone();
  const { link } = await handOver(page, phone);
  const theirs = await customersPhone(browser, baseURL);
  await accept(page, theirs, link);
  await expect(theirs.locator('[name=phoneNumber]')).toHaveValue(phone);
  await expect(page.getByRole('status')).toContainText('They are at');
  await page.getByRole('button', { name: w.handOver.stop }).click();
  await expect(page.getByRole('status')).toContainText('Stopped');
  await theirs.reload();
  await expect(theirs.locator('[name=phoneNumber]')).toHaveValue('');

  await page.getByRole('button', { name: w.handOver.begin }).click();
  await accept(page, theirs, (await offered(page)).link);
  await theirs.getByRole('button', { name: customers.continue.alone }).click();
  await expect(theirs.getByRole('heading', { level: 1 })).toHaveText(customers.start.title);
  await theirs.goto('/es/onboarding/identity');
  await expect(theirs.locator('[name=phoneNumber]')).toHaveValue(phone);
  await expect(theirs.getByText(/te está ayudando/)).toHaveCount(0);
  // The agent's page finds out by itself.
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.new);
  await expect(page.getByText(phone)).toHaveCount(0);
  await theirs.context().close();
});

for (const [name, viewport] of Object.entries({
  desk: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
})) {
  test(`no page of the console has a fault that a machine can find, on a ${name}`, async ({
    page,
    browser,
    baseURL,
  }) => {
    await page.setViewportSize(viewport);
    const faults: unknown[] = [];
    const check = async (where: string, on = page) => {
      const { violations } = await new AxeBuilder({ page: on }).analyze();
      for (const { id, nodes } of violations) faults.push([where, id, ...nodes.map(({ html }) => html.slice(0, 120))]);
      const fits = await on.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
      if (!fits) faults.push([where, 'scrolls sideways']);
    };
    await page.goto('/en/assist/sign-in');
    await check('sign-in');
    const { link } = await handOver(page, freshPhone(), 'diana');
    await check('a hand-over that waits');
    const theirs = await customersPhone(browser, baseURL);
    await theirs.goto('/es/continue');
    await check('the code', theirs);
    await theirs.goto(link);
    const digits = await shownDigits(theirs);
    await check('the digits', theirs);
    await expect(page.getByText(w.handOver.confirm.one)).toBeVisible();
    await check('a device to confirm');
    await confirm(page, digits);
    await expect(theirs.getByRole('heading', { level: 1 })).toHaveText(customers.steps.identity.title);
    await check('a step under a helper’s eyes', theirs);
    await page.getByRole('link', { name: w.handOver.back }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(words.en.steps.identity.title);
    await check('a step at the console');
    // The banner that stays in view covers nothing that has the focus.
    await page.locator('[name=email]').focus();
    for (let left = 8; left > 0; left -= 1) {
      await page.keyboard.press('Shift+Tab');
      const isSeen = await page.evaluate(() => {
        const { x, y, width, height } = (document.activeElement ?? document.body).getBoundingClientRect();
        const top = document.elementFromPoint(x + width / 2, y + height / 2);
        return document.activeElement?.contains(top) ?? false;
      });
      if (!isSeen) faults.push(['a step at the console', 'the focus is covered']);
    }
    const here = page.url();
    await page.getByRole('link', { name: w.title }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.new);
    await check('the worklist');
    await theirs.goto('/es/continue/help');
    await expect(theirs.getByRole('heading', { level: 1 })).toHaveText(customers.steps.identity.title);
    const alone = await customersPhone(browser, baseURL);
    await alone.goto('/es/continue/help');
    await check('help, before it is asked for', alone);
    await alone.getByRole('button', { name: customers.continue.help.get }).click();
    await expect(alone.locator('strong.tracking-widest')).toBeVisible();
    await check('help, with its code', alone);
    const code = (await alone.locator('strong.tracking-widest').textContent()) ?? '';
    await page.getByText(w.takeOver.open).click();
    await page.getByLabel(w.takeOver.label).fill(code);
    await check('the box for a customer’s code');
    await page.getByRole('button', { name: w.takeOver.action }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.takeOver.title);
    await check('the digits of a customer who asks');
    await expect(alone.getByRole('button', { name: customers.continue.help.agree })).toBeVisible();
    await check('the digits of an agent who answers', alone);
    await alone.context().close();
    await page.goto('/en/assist/figures?by=lang');
    await check('the figures');
    await page.goto('/en/assist/parked');
    await check('what is to decide');
    await page.goto('/en/assist/sessions');
    await check('the devices');
    await page.goto(here.replace(/identity$/, 'history'));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.history.title);
    await check('who did what');
    await page.evaluate(() =>
      fetch('/assist/lock', { method: 'POST', body: new URLSearchParams({ path: '/en/assist' }) }),
    );
    await page.goto('/en/assist');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.locked.title);
    await check('the lock');
    expect(faults).toEqual([]);
    await theirs.context().close();
  });
}
