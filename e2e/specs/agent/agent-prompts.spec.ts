import type { Page } from '@playwright/test';
import { expect, freshPhone, test } from '../../support/fixtures.ts';
import { accept, beginCase, customersPhone, handOverCase, signIn } from '../../support/pages/agent.ts';
import { JourneyPage, type Lang, words } from '../../support/pages/journey-page.ts';
import { raas } from '../../support/sandbox-control.ts';

/** What is to be read out on the page, in the language in which it is marked. */
const said = (page: Page, lang: Lang) => page.locator(`q[lang=${lang}]`);

for (const [clerk, spoken] of [
  ['en', 'es'],
  ['es', 'en'],
] as const) {
  test(`a clerk in ${clerk} and a customer in ${spoken}, through the whole journey`, async ({
    page,
    journey,
    browser,
    baseURL,
  }) => {
    const phone = freshPhone();
    const [w, theirs] = [words[clerk], words[spoken]];
    const { ask, again, spell } = theirs.spoken;
    journey.lang = clerk;
    await signIn(page, 'ana', clerk);
    await beginCase(page, phone, clerk, spoken);
    await journey.expectTitle(w.steps.identity.title);
    await expect(page.locator('html')).toHaveAttribute('lang', clerk);
    await expect(page.getByText(w.assist.speaks.replace('{language}', w.assist.languages[spoken]))).toBeVisible();
    for (const name of ['firstName', 'lastName', 'lastName2', 'dob', 'phoneNumber', 'email'] as const)
      await expect(said(page, spoken).filter({ hasText: ask[name] })).toBeVisible();
    await expect(said(page, clerk)).toHaveCount(0);
    await expect(page.getByText(w.assist.notes.firstName)).toBeVisible();

    // What is typed is spelled in the customer's language, and an error is asked again in it.
    await journey.identity({
      firstName: 'Rosa',
      lastName: 'Luna',
      birth: ['31', '2', '1990'],
      phone,
      email: 'bv@x.mx',
    });
    const pair = [...phone.slice(-2)].map((digit) => spell[digit as keyof typeof spell]).join(' ');
    await expect(page.locator(`p:has-text("${w.assist.readBack}") span[lang=${spoken}]`).first()).toContainText(pair);
    await expect(page.getByText(`${spell.b} · ${spell.v} · ${spell.at}`)).toBeVisible();
    await journey.continue();
    await journey.expectErrors([w.errors.dob.real]);
    await expect(said(page, spoken).filter({ hasText: again.dob.real })).toBeVisible();
    await expect(said(page, spoken).filter({ hasText: ask.dob })).toHaveCount(0);
    await journey.box(w.steps.identity.day).fill('1');
    await journey.continue();

    await journey.expectTitle(w.steps.address.title);
    await expect(said(page, spoken).filter({ hasText: ask.zipCode })).toBeVisible();
    await journey.typeAddress();
    await journey.continue();
    await journey.expectTitle(w.steps.payment.title);
    for (const label of Object.values(theirs.steps.payment.types))
      await expect(said(page, spoken).filter({ hasText: label })).toBeVisible();
    await journey.choosePayment('DigitalWallet');
    await journey.continue();
    await journey.expectTitle(w.assist.theirs.title);
    await expect(said(page, spoken)).toHaveText(theirs.spoken.theirs);

    // The message and the customer's pages are in the customer's language, the clerk's stay in the clerk's.
    const { link, text } = await handOverCase(page, clerk);
    expect(text).toContain(theirs.continue.message.replace('{link}', link));
    await expect(said(page, spoken)).toHaveText(theirs.spoken.handOver.waiting);
    const phoneOfTheirs = await customersPhone(browser, baseURL, spoken);
    const their = new JourneyPage(phoneOfTheirs);
    their.lang = spoken;
    await accept(page, phoneOfTheirs, link);
    await their.expectTitle(theirs.review.title);
    await expect(said(page, spoken)).toHaveText(theirs.spoken.handOver.opened);
    await their.submit();
    await their.expectLink();
    await journey.expectTitle(w.assist.outcome.delivered.title);
    await expect(said(page, spoken)).toHaveText(theirs.spoken.outcome.delivered);
    const [call] = await raas.received(phone);
    expect(JSON.parse(call?.body ?? '')).toMatchObject({ lang: spoken });
    await phoneOfTheirs.context().close();
  });
}

test('in one language nothing is said twice', async ({ page, journey }) => {
  await signIn(page, 'ana');
  await beginCase(page, freshPhone(), 'en', 'en');
  await journey.identity({ firstName: 'Rosa', lastName: 'Luna', birth: ['1', '2', '1990'], phone: freshPhone() });
  await journey.continue();
  await journey.typeAddress();
  await journey.continue();
  await journey.expectTitle(words.en.steps.payment.title);
  await expect(page.locator('q')).toHaveText([
    ...[words.en.spoken.ask.paymentMethodType, words.en.spoken.ask.ubnParams.number],
  ]);
});
