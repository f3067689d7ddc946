import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { createPhone, expect, test } from '../../support/fixtures.ts';
import {
  acceptHandOver,
  agentMessages,
  getPhoneText,
  getShortCode,
  handOverCase,
  openCustomer,
  openCustomerPhone,
  pressConfirmationCode,
  readConfirmationCode,
  readOffer,
  readShortCode,
  recordResponses,
  scanQrCode,
  signIn,
  startCase,
  stopHandOver,
} from '../../support/pages/agent.ts';
import { countActions, countInputs } from '../../support/pages/input-counts.ts';
import { JourneyPage, messages } from '../../support/pages/journey-page.ts';
import { callAction } from '../../support/pages/server-actions.ts';
import { raas } from '../../support/stand-in-controls.ts';

const w = messages.en.assist;
const customerMessages = messages.es;

/** A case of a fresh phone, ready to be handed over. Resolves to what the agent's screen offers. */
async function startHandOver(page: Page, phone: string, agentId = 'ana') {
  await signIn(page, agentId);
  await startCase(page, phone);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(agentMessages.en.steps.identity.title);
  return handOverCase(page);
}

test('clerk and customer: code, matching digits, card and consent on the phone, “delivered” on the desk', async ({
  page,
  context,
  browser,
  baseURL,
}) => {
  const readResponses = recordResponses(context);
  const phone = createPhone();
  const { link } = await startHandOver(page, phone);
  expect(await scanQrCode(page)).toBe(link);
  const customerPage = await openCustomerPhone(browser, baseURL);
  const journey = new JourneyPage(customerPage);
  journey.lang = 'es';
  await acceptHandOver(page, customerPage, link);
  await journey.expectTitle(customerMessages.steps.identity.title);
  await expect(customerPage.locator('[name=phoneNumber]')).toHaveValue(phone);
  await expect(customerPage.getByText(/Una persona de Puente te está ayudando/)).toBeVisible();
  await expect(page.getByRole('status')).toContainText(`Current step: ${agentMessages.en.steps.identity.short}`);
  await journey.goToAddress(phone);
  await expect(page.getByRole('status')).toContainText(`Current step: ${agentMessages.en.steps.address.short}`);
  await journey.fillAddress();
  await journey.continue();
  await journey.expectTitle(customerMessages.steps.payment.title);
  await journey.choosePayment('Card');
  await journey.continue();
  await journey.expectTitle(customerMessages.steps.card.title);
  await journey.fillCard({ number: '4111111111111111', expiry: '1128', code: '123' });
  await journey.continue();
  await journey.expectTitle(customerMessages.review.title);
  await journey.submit();
  await journey.expectLink();
  const sessionLink = customerPage.url();
  await expect(page.getByRole('status')).toContainText('Delivered');
  expect(await raas.getSubmitRequests(phone)).toHaveLength(1);
  const responses = await readResponses();
  for (const secret of [sessionLink, new URL(sessionLink).pathname.slice(1), 'tok_', '411111', 'addCardParams.number'])
    expect(responses.includes(secret), secret.slice(0, 6)).toBe(false);
  // A post of an action that the page no longer offers changes nothing: the customer keeps the way to their link.
  const [, id = ''] = /cases\/([^/]+)/.exec(page.url()) ?? [];
  for (const [action, ...pages] of [['handOver', 'hand-over'], ['stopHandOver']] as const) {
    const path = new URL(page.url()).pathname;
    const answer = await callAction(page.request, action, { path, args: ['en', id, ...pages] });
    expect([answer.status(), new URL(answer.headers()['location'] ?? '', page.url()).pathname]).toEqual([303, path]);
  }
  await customerPage.goto('/es/onboarding/outcome');
  await journey.expectTitle(customerMessages.outcome.succeeded.title);
  await page.getByRole('button', { name: w.next }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.title);
  await expect(getPhoneText(page, phone)).toHaveCount(0);
  await customerPage.context().close();
});

/** Types the example's person as the clerk does, from the empty worklist on, without a pointer. `account` is by phone. */
async function fillCase(page: Page, phone: string, account?: string): Promise<void> {
  const expectHeading = (title: string) => expect(page.getByRole('heading', { level: 1 })).toHaveText(title);
  const { keyboard } = page;
  const fill = async (...texts: string[]) => {
    for (const [fieldIndex, text] of texts.entries()) {
      if (fieldIndex > 0) await keyboard.press('Tab');
      await keyboard.type(text);
    }
  };
  const { identity, address, payment } = agentMessages.en.steps;
  await expect(page.getByLabel(w.handle)).toBeFocused();
  await fill(phone.slice('+52'.length));
  await keyboard.press('Enter');
  await expectHeading(identity.title);
  await expect(page.locator('[name=firstName]')).toBeFocused();
  await fill('Maria', 'Garcia', '', '24', '6', '1987');
  if (account) {
    // The e-mail is among the optional fields.
    for (const key of ['Tab', 'Tab', 'Enter']) await keyboard.press(key);
    const email = page.locator('[name=email]');
    while (!(await email.evaluate((input) => input === document.activeElement))) await keyboard.press('Tab');
    await keyboard.type(`a${phone.slice(-9)}@leapfinancial.com`.padStart(35, 'x'));
  }
  await keyboard.press('Enter');
  await expectHeading(address.title);
  await expect(page.getByRole('combobox', { name: address.search })).toBeFocused();
  await keyboard.type('Calle Dos 296');
  await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
  await keyboard.press('ArrowDown');
  await keyboard.press('Enter');
  await expect(page.locator('[name=placeDetail]')).toHaveValue(/^\{/);
  await keyboard.press('Enter');
  await expectHeading(payment.title);
  await expect(page.getByRole('radio').first()).toBeFocused();
  await keyboard.press(account ? 'ArrowDown' : 'ArrowUp');
  if (account) await fill('', account);
  await keyboard.press('Enter');
  await expectHeading(w.handOver.title);
}

for (const [name, maxKeys, account] of [
  ['in the shop, with a wallet', 72, undefined],
  ['by phone, with an e-mail and an account number', 127, '002320275621938815'],
] as const) {
  test(`a customer ${name} costs the clerk ${maxKeys} keys at most, and no pointer`, { tag: '@all' }, async ({
    browser,
    baseURL,
  }) => {
    const agentContext = await browser.newContext({ baseURL: baseURL ?? '' });
    const page = await agentContext.newPage();
    await signIn(page, 'ana');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.title);
    const getCounts = await countInputs(agentContext, { isAgent: true });
    await page.reload();
    await fillCase(page, createPhone(), account);
    const { keys, taps } = getCounts();
    console.log(`${name}: ${keys} keys of ${maxKeys}`);
    expect(keys).toBeLessThanOrEqual(maxKeys);
    expect(taps).toBe(0);
    await agentContext.close();
  });
}

test('an assisted case costs the agent eight actions, from the empty worklist to the next customer', {
  tag: '@all',
}, async ({ browser, baseURL }) => {
  const agentContext = await browser.newContext({ baseURL: baseURL ?? '' });
  const page = await agentContext.newPage();
  const agentJourney = new JourneyPage(page);
  await signIn(page, 'ana');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.title);
  const getActions = await countActions(agentContext);
  await page.goto('/en/assist');
  const phone = createPhone();
  const { identity, address, payment } = agentMessages.en.steps;
  await page.locator('[name=phoneNumber]').fill(phone);
  await page.keyboard.press('Enter'); // 1
  await agentJourney.expectTitle(identity.title);
  await agentJourney.fillIdentity({ firstName: 'Ana', lastName: 'Ruiz', birth: ['1', '2', '1990'], phone });
  await page.keyboard.press('Enter'); // 2
  await agentJourney.expectTitle(address.title);
  await expect(page.getByRole('combobox', { name: address.search })).toBeFocused();
  await page.keyboard.type('Calle Dos 296');
  await page.getByRole('listbox').getByRole('option').first().click(); // 3
  await expect(page.locator('[name=placeDetail]')).toHaveValue(/^\{/);
  await page.keyboard.press('Enter'); // 4
  await agentJourney.expectTitle(payment.title);
  await agentJourney.choosePayment('DigitalWallet'); // 5
  await page.keyboard.press('Enter'); // 6
  // The hand-over has begun: the codes are in the first screen, and so is the confirmation code of a device.
  const { link } = await readOffer(page);
  const customerPage = await openCustomerPhone(browser, baseURL);
  const customer = new JourneyPage(customerPage);
  customer.lang = 'es';
  await customerPage.goto(link);
  const digits = await readConfirmationCode(customerPage);
  await expect(page.getByRole('button', { name: digits })).toBeInViewport({ ratio: 1 });
  await pressConfirmationCode(page, digits); // 7
  await customer.expectTitle(customerMessages.review.title);
  await customer.submit();
  await customer.expectLink();
  await agentJourney.expectTitle(w.outcome.delivered.title);
  await page.getByRole('button', { name: w.next }).click(); // 8
  await agentJourney.expectTitle(w.title);
  expect(getActions()).toBe(8);
  expect(await raas.getSubmitRequests(phone)).toHaveLength(1);
  await agentContext.close();
  await customerPage.context().close();
});

test('beside a form, one press shows the codes; what is typed stays, and the device is confirmed there', async ({
  page,
  browser,
  baseURL,
}) => {
  await signIn(page, 'ana');
  await startCase(page, createPhone());
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(agentMessages.en.steps.identity.title);
  await page.locator('[name=firstName]').fill('Rosa');
  await page.getByRole('button', { name: w.handOver.show }).click();
  const { link } = await readOffer(page);
  for (const shown of [page.getByRole('img', { name: w.handOver.qr }), getShortCode(page)])
    await expect(shown).toBeInViewport({ ratio: 1 });
  const customerPage = await openCustomerPhone(browser, baseURL);
  await customerPage.goto(link);
  await page.locator('[name=lastName]').fill('Luna');
  await pressConfirmationCode(page, await readConfirmationCode(customerPage));
  await expect(customerPage).toHaveURL(/onboarding\/identity$/);
  await expect(page.getByText(w.handOver.progress.scanned)).toBeVisible();
  await expect(page.locator('[name=firstName]')).toHaveValue('Rosa');
  await expect(page.locator('[name=lastName]')).toHaveValue('Luna');
  await customerPage.context().close();
});

test('a code that is read out works as it is typed; a used, a guessed and a replaced one do not', {
  tag: '@all',
}, async ({ page, browser, baseURL }) => {
  const phone = createPhone();
  const firstOffer = await startHandOver(page, phone);
  await stopHandOver(page);
  await page.getByRole('button', { name: w.handOver.begin }).click();
  const secondOffer = await readOffer(page);
  expect(secondOffer.code).not.toBe(firstOffer.code);
  const customerPage = await openCustomerPhone(browser, baseURL);
  const goneAlert = customerPage.getByRole('alert').filter({ hasText: customerMessages.continue.gone });
  for (const badCode of [firstOffer.code, 'AAAA AAAA', '']) {
    await customerPage.goto('/es/continue');
    await customerPage.getByLabel(customerMessages.continue.code).fill(badCode);
    await customerPage.getByRole('button', { name: customerMessages.continue.redeem }).click();
    await expect(goneAlert).toBeVisible();
  }
  await customerPage.goto(firstOffer.link);
  await expect(goneAlert).toBeVisible();
  await customerPage.getByLabel(customerMessages.continue.code).fill(secondOffer.code.toLowerCase().replace(' ', '-'));
  await customerPage.getByRole('button', { name: customerMessages.continue.redeem }).click();
  await pressConfirmationCode(page, await readConfirmationCode(customerPage));
  await expect(customerPage.locator('[name=phoneNumber]')).toHaveValue(phone);
  // The link and the code work once.
  const strangerPage = await openCustomerPhone(browser, baseURL);
  await strangerPage.goto(secondOffer.link);
  await expect(strangerPage.getByRole('alert').filter({ hasText: customerMessages.continue.gone })).toBeVisible();
  await strangerPage.goto('/es/onboarding/identity');
  await expect(strangerPage.locator('[name=phoneNumber]')).toHaveValue('');
  for (const page of [customerPage, strangerPage]) await page.context().close();
});

test('a customer who types the address from the agent’s screen gets the box for the code', {
  tag: '@all',
}, async ({ page, browser, baseURL }) => {
  await startHandOver(page, createPhone());
  const code = await readShortCode(page);
  for (const javaScriptEnabled of [true, false]) {
    const context = await browser.newContext({ baseURL: baseURL ?? '', locale: 'es-MX', javaScriptEnabled });
    const customerPage = await context.newPage();
    await customerPage.goto('/continue');
    if (!javaScriptEnabled) {
      await customerPage.getByRole('button', { name: customerMessages.partner.carrier.action }).click();
      await expect(customerPage.getByText(customerMessages.continue.gone)).toHaveCount(0);
      await customerPage.goto('/continue');
      await customerPage.getByRole('link', { name: customerMessages.partner.carrier.typeCode }).click();
    }
    await expect(customerPage).toHaveURL('/es/continue');
    await customerPage.getByRole('textbox', { name: customerMessages.continue.code }).fill(code);
    await customerPage.getByRole('button', { name: customerMessages.continue.redeem }).click();
    await expect(customerPage.getByText(customerMessages.continue.wait)).toBeVisible();
    await context.close();
  }
});

test('two devices with one link show their own digits; only the one that the agent presses gets the case', {
  tag: '@all',
}, async ({ page, browser, baseURL }) => {
  const phone = createPhone();
  const { link } = await startHandOver(page, phone);
  const thiefPage = await openCustomerPhone(browser, baseURL);
  const customerPage = await (
    await browser.newContext({ baseURL: baseURL ?? '', locale: 'es-MX', javaScriptEnabled: false })
  ).newPage();
  await thiefPage.goto(link);
  const thiefCode = await readConfirmationCode(thiefPage);
  // The page of the customer's browser works without script, too: the token is posted by hand.
  const token = new URL(link).hash.slice(1);
  const origin = new URL(baseURL ?? '').origin;
  await customerPage.request.post('/continue', { form: { token }, headers: { origin } });
  await customerPage.goto('/es/continue');
  const customerCode = await readConfirmationCode(customerPage);
  expect(customerCode).not.toBe(thiefCode);
  await expect(page.getByText(w.handOver.confirm.many)).toBeVisible();
  // A reload keeps the digits: one device is one line on the agent's screen.
  await thiefPage.goto(link);
  expect(await readConfirmationCode(thiefPage)).toBe(thiefCode);
  await pressConfirmationCode(page, customerCode);
  await expect(page.getByRole('status')).toContainText('Current step');
  await expect(thiefPage.getByRole('alert').filter({ hasText: customerMessages.continue.gone })).toBeVisible();
  await customerPage.reload();
  await customerPage.getByRole('button', { name: customerMessages.continue.redeem }).click();
  await expect(customerPage.locator('[name=phoneNumber]')).toHaveValue(phone);
  await thiefPage.goto('/es/onboarding/identity');
  await expect(thiefPage.locator('[name=phoneNumber]')).toHaveValue('');
  for (const page of [customerPage, thiefPage]) await page.context().close();
});

test('either side can stop it', { tag: '@all' }, async ({ page, browser, baseURL }) => {
  const phone = createPhone();
  const { link } = await startHandOver(page, phone);
  const customerPage = await openCustomerPhone(browser, baseURL);
  await acceptHandOver(page, customerPage, link);
  await expect(customerPage.locator('[name=phoneNumber]')).toHaveValue(phone);
  await expect(page.getByRole('status')).toContainText('Current step');
  await stopHandOver(page);
  await expect(page.getByRole('status')).toContainText('Stopped');
  await customerPage.reload();
  await expect(customerPage.locator('[name=phoneNumber]')).toHaveValue('');

  await page.getByRole('button', { name: w.handOver.begin }).click();
  await acceptHandOver(page, customerPage, (await readOffer(page)).link);
  await customerPage.getByRole('button', { name: customerMessages.continue.alone }).click();
  await expect(customerPage.getByRole('heading', { level: 1 })).toHaveText(customerMessages.start.begun.title);
  await customerPage.goto('/es/onboarding/identity');
  await expect(customerPage.locator('[name=phoneNumber]')).toHaveValue(phone);
  await expect(customerPage.getByText(/te está ayudando/)).toHaveCount(0);
  // The agent's page finds out by itself.
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.title);
  await expect(getPhoneText(page, phone)).toHaveCount(0);
  await customerPage.context().close();
});

for (const [name, viewport] of Object.entries({
  desk: { width: 1280, height: 800 },
  phone: { width: 390, height: 844 },
})) {
  test(`no page of the console has a fault that a machine can find, on a ${name}`, {
    tag: '@all',
  }, async ({ page, browser, baseURL }) => {
    await page.setViewportSize(viewport);
    const violationList: unknown[] = [];
    const check = async (label: string, target = page) => {
      const { violations } = await new AxeBuilder({ page: target }).setLegacyMode().analyze();
      for (const { id, nodes } of violations)
        violationList.push([label, id, ...nodes.map(({ html }) => html.slice(0, 120))]);
      const fits = await target.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
      if (!fits) violationList.push([label, 'scrolls sideways']);
    };
    await page.goto('/en/assist/sign-in');
    await check('sign-in');
    const { link } = await startHandOver(page, createPhone(), 'diana');
    await check('a hand-over that waits');
    const customerPage = await openCustomerPhone(browser, baseURL);
    await customerPage.goto('/es/continue');
    await check('the code', customerPage);
    await customerPage.goto(link);
    const digits = await readConfirmationCode(customerPage);
    await check('the digits', customerPage);
    await expect(page.getByText(w.handOver.confirm.one)).toBeVisible();
    await check('a device to confirm');
    await pressConfirmationCode(page, digits);
    await expect(customerPage.getByRole('heading', { level: 1 })).toHaveText(customerMessages.steps.identity.title);
    await check('a step under a helper’s eyes', customerPage);
    await page.getByRole('link', { name: w.handOver.back }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(agentMessages.en.steps.identity.title);
    await check('a step at the console');
    // The banner that stays in view covers nothing that has the focus.
    await new JourneyPage(page).openOptionalFields();
    await page.locator('[name=email]').focus();
    for (let tabsLeft = 8; tabsLeft > 0; tabsLeft -= 1) {
      await page.keyboard.press('Shift+Tab');
      const isVisible = await page.evaluate(() => {
        const { x, y, width, height } = (document.activeElement ?? document.body).getBoundingClientRect();
        const top = document.elementFromPoint(x + width / 2, y + height / 2);
        return document.activeElement?.contains(top) ?? false;
      });
      if (!isVisible) violationList.push(['a step at the console', 'the focus is covered']);
    }
    const handOverUrl = page.url();
    await page.getByRole('link', { name: w.title }).click();
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.title);
    await check('the worklist');
    await customerPage.goto('/es/continue/help');
    await expect(customerPage.getByRole('heading', { level: 1 })).toHaveText(customerMessages.steps.identity.title);
    const otherCustomerPage = await openCustomerPhone(browser, baseURL);
    await otherCustomerPage.goto('/es/continue/help');
    await check('help, before it is asked for', otherCustomerPage);
    await otherCustomerPage.getByRole('button', { name: customerMessages.continue.help.get }).click();
    await expect(getShortCode(otherCustomerPage)).toBeVisible();
    await check('help, with its code', otherCustomerPage);
    const code = await readShortCode(otherCustomerPage);
    await openCustomer(page, code);
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.takeOver.title);
    await check('the digits of a customer who asks');
    await expect(otherCustomerPage.getByRole('button', { name: customerMessages.continue.help.agree })).toBeVisible();
    await check('the digits of an agent who answers', otherCustomerPage);
    await otherCustomerPage.context().close();
    await page.goto('/en/assist/figures?by=lang');
    await check('the figures');
    await page.goto('/en/assist/parked');
    await check('what is to decide');
    await page.goto('/en/assist/sessions');
    await check('the devices');
    await page.goto(handOverUrl.replace(/identity$/, 'history'));
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.history.title);
    await check('who did what');
    await page.evaluate(() =>
      fetch('/assist/lock', { method: 'POST', body: new URLSearchParams({ path: '/en/assist' }) }),
    );
    await page.goto('/en/assist');
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(w.locked.title);
    await check('the lock');
    expect(violationList).toEqual([]);
    await customerPage.context().close();
  });
}
