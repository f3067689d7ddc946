import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { expect, freshPhone, test } from '../../support/fixtures.ts';
import { accept, beginCase, confirm, handOverCase, offered, shownDigits, signIn } from '../../support/pages/agent.ts';
import { JourneyPage, type Lang, words } from '../../support/pages/journey-page.ts';
import { expectTypedStays, holdScripts } from '../../support/pages/late-script.ts';
import { collectErrors, expectTranslated, translatePages } from '../../support/pages/translator.ts';
import { raas, raasAt } from '../../support/sandbox-control.ts';
import { startStack } from '../../support/stack.ts';

// The console and the customer's phone beside it, both in browsers that translate.

const w = words.en.assist;
const theirs = words.es;

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
    await page.getByRole('navigation').getByRole('link', { name: title }).click();
    await expect(page.getByRole('navigation')).toBeVisible();
    await expectTranslated(page);
  }
}

test('a case is filled in, handed over, gone on with and delivered, and its history read', async ({
  browser,
  baseURL,
}) => {
  const desk = await openTranslated(browser, baseURL, 'en');
  const their = await openTranslated(browser, baseURL, 'es');
  const { page, journey } = desk;
  const phone = freshPhone();
  await signIn(page, 'diana');
  await journey.expectTitle(w.new);
  await expectTranslated(page);
  await page.getByRole('button', { name: words.en.form.continue }).click();
  await journey.expectErrors([words.en.errors.phoneNumber.required]);
  await beginCase(page, phone);
  await journey.expectTitle(words.en.steps.identity.title);
  await journey.identity({ firstName: 'Rosa', lastName: 'Luna', birth: ['31', '2', '1990'], phone, email: 'r@x.mx' });
  // What was typed is spelled beside the box, letter by letter, and another text is asked for after an error.
  await page.locator('[name=email]').fill('rosa@x.mx');
  await expect(page.getByText(w.readBack).first()).toBeVisible();
  await journey.continue();
  await journey.expectErrors([words.en.errors.dob.real]);
  await expect(page.locator('q').filter({ hasText: theirs.spoken.again.dob.real })).toBeVisible();
  await expectTranslated(page);
  await page.locator('[name="dob.day"]').fill('1');
  await journey.continue();
  await journey.expectTitle(words.en.steps.address.title);
  await journey.pickAddress('calle dos 296');
  await journey.continue();
  await journey.expectTitle(words.en.steps.payment.title);
  await journey.choosePayment('UBN');
  await page.locator('[name="ubnParams.number"]').pressSequentially('0023');
  await journey.choosePayment('DigitalWallet');
  await journey.continue();
  await journey.expectTitle(w.theirs.title);
  await visitPages(page);
  await page.getByLabel(w.find).fill('nobody at all');
  await expect(page.getByText(w.none)).toBeVisible();
  await page.getByLabel(w.find).fill('luna');
  await page.getByRole('link', { name: 'Rosa Luna' }).first().click();
  await journey.expectTitle(w.theirs.title);

  // Two devices, one of which is confirmed; stopped and begun again.
  const { link } = await handOverCase(page);
  await expectTranslated(page);
  await page.getByRole('button', { name: w.handOver.copyAction }).click();
  await their.page.goto(link);
  const digits = await shownDigits(their.page);
  await expect(page.getByText(w.handOver.confirm.one)).toBeVisible();
  const stranger = await openTranslated(browser, baseURL, 'es');
  await stranger.page.goto(link);
  await shownDigits(stranger.page);
  await expect(page.getByText(w.handOver.confirm.many)).toBeVisible();
  await expectTranslated(page);
  await confirm(page, digits);
  await their.journey.expectTitle(theirs.review.title);
  await expect(stranger.page.getByRole('alert').filter({ hasText: theirs.continue.gone })).toBeVisible();
  await page.getByRole('button', { name: w.handOver.stop }).click();
  await expect(page.getByRole('status')).toContainText('Stopped');
  await page.getByRole('button', { name: w.handOver.begin }).click();
  await accept(page, their.page, (await offered(page)).link);
  await their.journey.expectTitle(theirs.review.title);
  await expect(page.getByRole('status')).toContainText('They are at');
  await expectTranslated(their.page);
  await raas.next(phone, { delayMs: 7_000 });
  await their.journey.submit();
  await their.journey.expectTitle(theirs.outcome.sending.title);
  await journey.expectTitle(w.outcome.sending.title);
  await their.journey.expectLink();
  await journey.expectTitle(w.outcome.delivered.title);
  await page.getByRole('button', { name: w.outcome.ask }).click();
  await expect(page.getByText(w.outcome.enrolment.done)).toBeVisible();
  await page.getByRole('link', { name: w.history.title }).click();
  await journey.expectTitle(w.history.title);
  await expectTranslated(page);
  const [call, ...more] = await raas.received(phone);
  expect(more).toEqual([]);
  expect(JSON.parse(call?.body ?? '{}')).toMatchObject({
    ...{ firstName: 'Rosa', lastName: 'Luna', dob: '1990-02-01', address1: 'Avenida Calle Dos 296' },
    paymentMethodType: 'DigitalWallet',
  });
  for (const { page: open, errors } of [desk, their, stranger]) {
    expect(errors).toEqual([]);
    await open.context().close();
  }
});

test('a customer asks for help by a code, is taken over, goes on alone; the device is locked and opened', async ({
  browser,
  baseURL,
}) => {
  const desk = await openTranslated(browser, baseURL, 'en');
  const their = await openTranslated(browser, baseURL, 'es');
  const { page, journey } = desk;
  const phone = freshPhone();
  await their.journey.start('es');
  await their.journey.identity({ firstName: 'Rosa', lastName: 'Luna', birth: ['1', '2', '1990'], phone });
  await their.journey.press(theirs.continue.help.offer.replace('{brand}', 'Puente'));
  await their.journey.expectTitle(theirs.continue.help.title);
  await their.journey.press(theirs.continue.help.get);
  const shown = their.page.locator('strong.tracking-widest');
  await expect(shown).toBeVisible();
  await expectTranslated(their.page);
  const code = (await shown.textContent()) ?? '';
  await signIn(page, 'ana');
  await page.getByText(w.takeOver.open).click();
  for (const typed of ['ABCD EFGH', code]) {
    await page.getByLabel(w.takeOver.label).fill(typed);
    await page.getByRole('button', { name: w.takeOver.action }).click();
    if (typed !== code) await expect(page.getByRole('alert').filter({ hasText: w.takeOver.gone })).toBeVisible();
  }
  await journey.expectTitle(w.takeOver.title);
  await expectTranslated(page);
  // The customer's page shows whose help it is, by itself.
  await expect(their.page.getByText(/Una persona de Puente en\s+centro/)).toBeVisible();
  await expectTranslated(their.page);
  await their.journey.press(theirs.continue.help.agree);
  await their.journey.expectTitle(theirs.steps.identity.title);
  await journey.expectTitle(words.en.steps.identity.title);
  await expect(page.locator('[name=firstName]')).toHaveValue('Rosa');
  await expectTranslated(page);
  await journey.switchLanguage();
  await journey.expectTitle(theirs.steps.identity.title);
  await their.page.getByRole('button', { name: theirs.continue.alone }).click();
  await their.journey.expectTitle(theirs.start.title);

  const headers = { origin: baseURL ?? '' };
  await page.request.post('/assist/lock', { form: { path: '/en/assist' }, headers });
  await page.goto('/en/assist');
  await journey.expectTitle(w.locked.title);
  await expectTranslated(page);
  for (const { page: open, errors } of [desk, their]) {
    expect(errors).toEqual([]);
    await open.context().close();
  }
});

test('a submission of unknown fate is decided', async ({ browser }) => {
  const folder = mkdtempSync(join(tmpdir(), 'front-door-translated-'));
  const { origins, stop } = await startStack({
    ports: 'free',
    env: {
      ...{ DATA_DIR: folder, BREAKER_IN_A_ROW: '1000000', BREAKER_PERCENT: '100', RECONCILE_EVERY_MS: '200' },
      ...{ RECONCILE_AFTER_MS: '300', RECONCILE_LOOKS_MS: '200', RECONCILE_PARK_MS: '1500' },
    },
  });
  const upstream = raasAt(() => origins['raasControl'] ?? '');
  const customer = await openTranslated(browser, origins.app, 'es');
  const board = await openTranslated(browser, origins.app, 'en');
  const phone = freshPhone();
  await signIn(board.page, 'diana');
  await beginCase(board.page, phone);
  await board.journey.walletFromCase(phone);
  const { link } = await handOverCase(board.page);
  await accept(board.page, customer.page, link);
  await customer.journey.expectTitle(theirs.review.title);
  await upstream.next(phone, { reset: true, done: false });
  await upstream.next(phone, { status: 500, done: false });
  await customer.journey.submit();
  await customer.journey.expectTitle(theirs.outcome.parked.title);
  await expectTranslated(customer.page);
  await board.journey.expectTitle(w.outcome.parked.title);
  await board.page.getByRole('link', { name: w.bar.parked }).click();
  await board.journey.expectTitle(w.parked.title);
  const item = board.page.getByRole('region');
  await item.getByRole('button', { name: w.parked.decide }).click();
  await expect(item.getByRole('alert')).toHaveText(w.parked.choose);
  await expectTranslated(board.page);
  // The form keeps what was chosen before its script arrived, too.
  const slow = await browser.newContext({
    baseURL: origins.app,
    storageState: await board.page.context().storageState(),
  });
  await expectTypedStays(await holdScripts(slow), await slow.newPage(), '/en/assist/parked');
  await slow.close();
  await item.getByLabel(w.parked.decisions.again).check();
  await item.getByLabel(w.parked.sure).check();
  await item.getByRole('button', { name: w.parked.decide }).click();
  await expect(board.page.getByText(w.parked.none)).toBeVisible();
  for (const { page, errors } of [customer, board]) {
    expect(errors).toEqual([]);
    await page.context().close();
  }
  await stop();
  rmSync(folder, { recursive: true, force: true });
});
