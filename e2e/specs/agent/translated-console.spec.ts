import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { createRaasControl } from '../../support/control-client.ts';
import { createPhone, expect, test } from '../../support/fixtures.ts';
import {
  acceptHandOver,
  agentMessages,
  getShortCode,
  handOverCase,
  openCustomer,
  pressConfirmationCode,
  readConfirmationCode,
  readOffer,
  signIn,
  startCase,
  stopHandOver,
} from '../../support/pages/agent.ts';
import { expectFieldsKept, holdScripts } from '../../support/pages/held-scripts.ts';
import { JourneyPage, type Lang, messages } from '../../support/pages/journey-page.ts';
import { collectErrors, expectTranslated, translatePages } from '../../support/pages/translator.ts';
import { startStack } from '../../support/stack.ts';
import { raas } from '../../support/stand-in-controls.ts';

// The console and the customer's phone beside it, both in browsers that translate.

const w = messages.en.assist;
const customerMessages = messages.es;

/** A browser that translates, with what went wrong in it. */
async function openTranslated(browser: Browser, baseURL: string | undefined, lang: Lang) {
  const locale = lang === 'es' ? 'es-MX' : 'en-US';
  const context = await browser.newContext({ baseURL: baseURL ?? '', locale });
  await translatePages(context, 'hydrated');
  const journey = new JourneyPage(await context.newPage());
  journey.lang = lang;
  return { journey, page: journey.page, errors: collectErrors(context) };
}

/** Goes to each page of the console that a supervisor has, and back to the list. */
async function visitPages(page: Page): Promise<void> {
  for (const title of [w.bar.parked, w.bar.figures, w.bar.sessions, w.title]) {
    const navigation = page.getByRole('navigation', { name: w.bar.label });
    await navigation.getByRole('link', { name: title }).click();
    await expect(navigation).toBeVisible();
    await expectTranslated(page);
  }
}

test('a case is filled in, handed over, gone on with and delivered, and its history read', { tag: '@all' }, async ({
  browser,
  baseURL,
}) => {
  const agent = await openTranslated(browser, baseURL, 'en');
  const customer = await openTranslated(browser, baseURL, 'es');
  const { page, journey } = agent;
  const phone = createPhone();
  await signIn(page, 'diana');
  await journey.expectTitle(w.title);
  await expectTranslated(page);
  await page.getByRole('button', { name: w.openCase }).click();
  await journey.expectErrors([messages.en.errors.customer.required]);
  await startCase(page, phone);
  await journey.expectTitle(agentMessages.en.steps.identity.title);
  await journey.fillIdentity({
    firstName: 'Rosa',
    lastName: 'Luna',
    birth: ['31', '2', '1990'],
    phone,
    email: 'r@x.mx',
  });
  // The answer is spelled beside the field, and after an error the agent reads out another text.
  await page.locator('[name=email]').fill('rosa@x.mx');
  await expect(page.getByText(w.readBack).filter({ visible: true })).toHaveCount(1);
  await journey.continue();
  await journey.expectErrors([messages.en.errors.dob.real]);
  await expect(page.locator('q').filter({ hasText: customerMessages.spoken.again.dob.real })).toBeVisible();
  await expectTranslated(page);
  await page.locator('[name="dob.day"]').fill('1');
  await journey.continue();
  await journey.expectTitle(agentMessages.en.steps.address.title);
  await journey.pickAddress('calle dos 296', agentMessages.en.steps.address.search);
  await journey.continue();
  await journey.expectTitle(agentMessages.en.steps.payment.title);
  await journey.choosePayment('UBN');
  await page.locator('[name="ubnParams.number"]').pressSequentially('0023');
  await journey.choosePayment('DigitalWallet');
  await journey.continue();
  await journey.expectTitle(w.handOver.title);
  await visitPages(page);
  await page.getByLabel(w.handle).fill('nobody at all');
  await expect(page.getByText(w.none)).toBeVisible();
  await page.getByLabel(w.handle).fill('luna');
  await page.getByRole('link', { name: 'Rosa Luna' }).first().click();
  await journey.expectTitle(w.handOver.title);

  // Two devices, one of which is confirmed; then stopped and started again.
  const { link } = await handOverCase(page);
  await expectTranslated(page);
  await page.locator('summary', { hasText: w.handOver.messages }).click();
  await page.getByRole('button', { name: w.handOver.copyAction }).click();
  await customer.page.goto(link);
  const digits = await readConfirmationCode(customer.page);
  await expect(page.getByText(w.handOver.confirm.one)).toBeVisible();
  const strangerJourney = await openTranslated(browser, baseURL, 'es');
  await strangerJourney.page.goto(link);
  await readConfirmationCode(strangerJourney.page);
  await expect(page.getByText(w.handOver.confirm.many)).toBeVisible();
  await expectTranslated(page);
  await pressConfirmationCode(page, digits);
  await customer.journey.expectTitle(customerMessages.review.title);
  await expect(
    strangerJourney.page.getByRole('alert').filter({ hasText: customerMessages.continue.gone }),
  ).toBeVisible();
  await stopHandOver(page);
  await expect(page.getByRole('status')).toContainText('Stopped');
  await page.getByRole('button', { name: w.handOver.begin }).click();
  await acceptHandOver(page, customer.page, (await readOffer(page)).link);
  await customer.journey.expectTitle(customerMessages.review.title);
  await expect(page.getByRole('status')).toContainText('Current step');
  await expectTranslated(customer.page);
  await raas.setNextAnswer(phone, { delayMs: 7_000 });
  await customer.journey.submit();
  await customer.journey.expectTitle(customerMessages.outcome.sending.title);
  await journey.expectTitle(w.outcome.sending.title);
  await customer.journey.expectLink();
  await journey.expectTitle(w.outcome.delivered.title);
  await page.getByRole('button', { name: w.outcome.ask }).click();
  await expect(page.getByText(w.outcome.enrolment.done)).toBeVisible();
  await page.getByRole('link', { name: w.history.title }).click();
  await journey.expectTitle(w.history.title);
  await expectTranslated(page);
  const [call, ...otherCalls] = await raas.getSubmitRequests(phone);
  expect(otherCalls).toEqual([]);
  expect(JSON.parse(call?.body ?? '{}')).toMatchObject({
    firstName: 'Rosa',
    lastName: 'Luna',
    dob: '1990-02-01',
    address1: 'Avenida Calle Dos 296',
    paymentMethodType: 'DigitalWallet',
  });
  for (const { page: openPage, errors } of [agent, customer, strangerJourney]) {
    expect(errors).toEqual([]);
    await openPage.context().close();
  }
});

test('a customer asks for help by a code, is taken over, goes on alone; the device is locked and opened', {
  tag: '@all',
}, async ({ browser, baseURL }) => {
  const agent = await openTranslated(browser, baseURL, 'en');
  const customer = await openTranslated(browser, baseURL, 'es');
  const { page, journey } = agent;
  const phone = createPhone();
  await customer.journey.start('es');
  await customer.journey.fillIdentity({ firstName: 'Rosa', lastName: 'Luna', birth: ['1', '2', '1990'], phone });
  await customer.journey.press(customerMessages.continue.help.offer.replace('{brand}', 'Puente'));
  await customer.journey.expectTitle(customerMessages.continue.help.title);
  await customer.journey.press(customerMessages.continue.help.get);
  const shownCode = getShortCode(customer.page);
  await expect(shownCode).toBeVisible();
  await expectTranslated(customer.page);
  const code = (await shownCode.textContent()) ?? '';
  await signIn(page, 'ana');
  for (const codeInput of ['ABCD EFGH', code]) {
    await openCustomer(page, codeInput);
    if (codeInput !== code)
      await expect(page.getByRole('alert').filter({ hasText: messages.en.errors.customer.code })).toBeVisible();
  }
  await journey.expectTitle(w.takeOver.title);
  await expectTranslated(page);
  // The customer's page shows whose help it is, by itself.
  await expect(customer.page.getByText(/Una persona de Puente en\s+centro/)).toBeVisible();
  await expectTranslated(customer.page);
  await customer.journey.press(customerMessages.continue.help.agree);
  await customer.journey.expectTitle(customerMessages.steps.identity.title);
  await journey.expectTitle(agentMessages.en.steps.identity.title);
  await expect(page.locator('[name=firstName]')).toHaveValue('Rosa');
  await expectTranslated(page);
  await journey.switchLanguage();
  await journey.expectTitle(agentMessages.es.steps.identity.title);
  await customer.page.getByRole('button', { name: customerMessages.continue.alone }).click();
  await customer.journey.expectTitle(customerMessages.start.begun.greeting.replace('{name}', 'Rosa'));

  const headers = { origin: baseURL ?? '' };
  await page.request.post('/assist/lock', { form: { path: '/en/assist' }, headers });
  await page.goto('/en/assist');
  await journey.expectTitle(w.locked.title);
  await expectTranslated(page);
  for (const { page: openPage, errors } of [agent, customer]) {
    expect(errors).toEqual([]);
    await openPage.context().close();
  }
});

test('a submission without a definite end is decided', { tag: '@all' }, async ({ browser }) => {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-translated-'));
  const { origins, stop } = await startStack({
    ports: 'free',
    env: {
      DATA_DIR: folder,
      BREAKER_IN_A_ROW: '1000000',
      BREAKER_PERCENT: '100',
      RECONCILE_EVERY_MS: '200',
      RECONCILE_AFTER_MS: '300',
      RECONCILE_LOOKS_MS: '200',
      RECONCILE_PARK_MS: '1500',
    },
  });
  const upstream = createRaasControl(() => origins['raasControl'] ?? '');
  const customer = await openTranslated(browser, origins.app, 'es');
  const supervisor = await openTranslated(browser, origins.app, 'en');
  const phone = createPhone();
  await signIn(supervisor.page, 'diana');
  await startCase(supervisor.page, phone);
  await supervisor.journey.fillCaseWithWallet(phone);
  const { link } = await handOverCase(supervisor.page);
  await acceptHandOver(supervisor.page, customer.page, link);
  await customer.journey.expectTitle(customerMessages.review.title);
  await upstream.setNextAnswer(phone, { reset: true, done: false });
  await upstream.setNextAnswer(phone, { status: 500, done: false });
  await customer.journey.submit();
  await customer.journey.expectTitle(customerMessages.outcome.parked.title);
  await expectTranslated(customer.page);
  await supervisor.journey.expectTitle(w.outcome.parked.title);
  await supervisor.page.getByRole('link', { name: w.bar.parked }).click();
  await supervisor.journey.expectTitle(w.parked.title);
  const item = supervisor.page.getByRole('region');
  await item.getByRole('button', { name: w.parked.decide }).click();
  await expect(item.getByRole('alert')).toHaveText(w.parked.choose);
  await expectTranslated(supervisor.page);
  // The form keeps what was chosen before its script arrived, too.
  const slowContext = await browser.newContext({
    baseURL: origins.app,
    storageState: await supervisor.page.context().storageState(),
  });
  await expectFieldsKept(await holdScripts(slowContext), await slowContext.newPage(), '/en/assist/parked');
  await slowContext.close();
  await item.getByLabel(w.parked.decisions.again).check();
  await item.getByLabel(w.parked.sure).check();
  await item.getByRole('button', { name: w.parked.decide }).click();
  await expect(supervisor.page.getByText(w.parked.none)).toBeVisible();
  for (const { page, errors } of [customer, supervisor]) {
    expect(errors).toEqual([]);
    await page.context().close();
  }
  await stop();
  rmSync(folder, { recursive: true, force: true });
});
