import type { Page } from '@playwright/test';
import { createPhone, expect, test } from '../../support/fixtures.ts';
import {
  acceptHandOver,
  agentMessages,
  handOverCase,
  openCustomerPhone,
  signIn,
  startCase,
} from '../../support/pages/agent.ts';
import { JourneyPage, type Lang, messages } from '../../support/pages/journey-page.ts';
import { raas } from '../../support/stand-in-controls.ts';

/** Texts of the page that the agent reads out, in the language in which they are marked. */
const getPrompts = (page: Page, lang: Lang) => page.locator(`q[lang=${lang}]`);

/** The sentence of the question that has the focus. */
const getSentence = (page: Page, lang: Lang) =>
  page.getByRole('region', { name: messages[lang].assist.say }).locator('.question q').filter({ visible: true });

/** The sentence of the question that comes after it. */
const getNextSentence = (page: Page) => page.locator('.next-question q');

for (const [agentLang, customerLang] of [
  ['en', 'es'],
  ['es', 'en'],
] as const) {
  test(`a clerk in ${agentLang} and a customer in ${customerLang}, through the whole journey`, { tag: '@all' }, async ({
    page,
    journey,
    browser,
    baseURL,
  }) => {
    const phone = createPhone();
    const [w, customerMessages] = [agentMessages[agentLang], messages[customerLang]];
    const { ask, again: repeatText, spell } = customerMessages.spoken;
    journey.lang = agentLang;
    await signIn(page, 'ana', agentLang);
    await startCase(page, phone, agentLang, customerLang);
    await journey.expectTitle(w.steps.identity.title);
    await expect(page.locator('html')).toHaveAttribute('lang', agentLang);
    await expect(page.getByText(w.assist.speaks.replace('{language}', w.assist.languages[customerLang]))).toBeVisible();
    await journey.openOptionalFields();
    // The panel has the sentence of the question that has the focus, and no other.
    for (const name of ['lastName', 'lastName2', 'dob', 'phoneNumber', 'email', 'firstName'] as const) {
      await page.locator(`[name="${name === 'dob' ? 'dob.day' : name}"]`).focus();
      await expect(getSentence(page, agentLang)).toHaveText(ask[name]);
    }
    await expect(getPrompts(page, agentLang)).toHaveCount(0);
    await expect(page.getByText(w.assist.notes.firstName)).toBeVisible();
    // What comes next is the first question after it that has no answer.
    await expect(getNextSentence(page)).toHaveText(ask.middleName);
    await page.locator('[name=middleName]').fill('María');
    await page.locator('[name=firstName]').focus();
    await expect(getNextSentence(page)).toHaveText(ask.lastName);
    await page.locator('[name=middleName]').fill('');

    // The answer is spelled in the customer's language, and an error is asked again in it.
    await journey.fillIdentity({
      firstName: 'Rosa',
      lastName: 'Luna',
      birth: ['31', '2', '1990'],
      phone,
      email: 'bv@x.mx',
    });
    const pair = [...phone.slice(-2)].map((digit) => spell[digit as keyof typeof spell]).join(' ');
    await expect(page.locator(`p:has-text("${w.assist.readBack}") span[lang=${customerLang}]`).first()).toContainText(
      pair,
    );
    await expect(page.getByText(`${spell.b} · ${spell.v} · ${spell.at}`)).toBeVisible();
    await journey.continue();
    await journey.expectErrors([w.errors.dob.real]);
    await expect(getPrompts(page, customerLang).filter({ hasText: repeatText.dob.real })).toBeVisible();
    await expect(getPrompts(page, customerLang).filter({ hasText: ask.dob })).toHaveCount(0);
    await journey.getTextbox(w.steps.identity.day).fill('1');
    await journey.continue();

    await journey.expectTitle(w.steps.address.title);
    await page.locator('[name=zipCode]').focus();
    await expect(getSentence(page, agentLang)).toHaveText(ask.zipCode);
    await journey.fillAddress();
    await journey.continue();
    await journey.expectTitle(w.steps.payment.title);
    for (const label of Object.values(customerMessages.steps.payment.types))
      await expect(getPrompts(page, customerLang).filter({ hasText: label })).toBeVisible();
    await journey.choosePayment('DigitalWallet');
    await journey.continue();
    await journey.expectTitle(w.assist.handOver.title);

    // The message and the customer's pages are in the customer's language, the clerk's stay in the clerk's.
    const { link, text } = await handOverCase(page, agentLang);
    expect(text).toContain(customerMessages.continue.message.replace('{brand}', 'Puente').replace('{link}', link));
    await expect(getPrompts(page, customerLang)).toHaveText(customerMessages.spoken.handOver.waiting);
    const customerPage = await openCustomerPhone(browser, baseURL, customerLang);
    const customerJourney = new JourneyPage(customerPage);
    customerJourney.lang = customerLang;
    await acceptHandOver(page, customerPage, link);
    await customerJourney.expectTitle(customerMessages.review.title);
    await expect(getPrompts(page, customerLang)).toHaveText(customerMessages.spoken.handOver.opened);
    await customerJourney.submit();
    await customerJourney.expectLink();
    await journey.expectTitle(w.assist.outcome.delivered.title);
    await expect(getPrompts(page, customerLang)).toHaveText(customerMessages.spoken.outcome.delivered);
    const [call] = await raas.getSubmitRequests(phone);
    expect(JSON.parse(call?.body ?? '')).toMatchObject({ lang: customerLang });
    await customerPage.context().close();
  });
}

test('in one language nothing is said twice', { tag: '@all' }, async ({ page, journey }) => {
  await signIn(page, 'ana');
  await startCase(page, createPhone(), 'en', 'en');
  await journey.fillIdentity({ firstName: 'Rosa', lastName: 'Luna', birth: ['1', '2', '1990'], phone: createPhone() });
  await journey.continue();
  await journey.fillAddress();
  await journey.continue();
  await journey.expectTitle(agentMessages.en.steps.payment.title);
  await expect(page.locator('q')).toHaveText([
    messages.en.spoken.ask.paymentMethodType,
    messages.en.spoken.ask.ubnParams.number,
  ]);
});
