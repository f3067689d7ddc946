import { createPhone, expect, test } from '../../support/fixtures.ts';
import { listBlankIdentityErrors } from '../../support/pages/blank-identity-errors.ts';
import { listSceneNames } from '../../support/pages/scenes.ts';
import { collectErrors, expectTranslated, translatePages } from '../../support/pages/translator.ts';
import { maps, raas } from '../../support/stand-in-controls.ts';

// A journey in a browser that translates: every text of every page is in elements that React did not make.

const VAULT_SCRIPT = '**/vgs-collect.js*';
const link = (text: string) => text.replaceAll(/\{\w+\}/g, '').trim();

test.use({ expectConsole: [/Failed to load resource|ERR_FAILED|ERR_INTERNET_DISCONNECTED/] });

let errors: string[];
test.beforeEach(async ({ context }) => {
  await translatePages(context, 'hydrated');
  errors = collectErrors(context);
});
test.afterEach(() => expect(errors.filter((text) => !/Failed to load resource/.test(text))).toEqual([]));

test('what a step says changes with what is typed: errors, offers, languages, a lost connection', async ({
  page,
  journey,
  context,
}) => {
  const { errors: words, steps, form } = journey.messages;
  const { partSurnames, emailCorrect, genders } = steps.identity;
  const phone = createPhone();
  await journey.start('en');
  await expectTranslated(page);
  await journey.continue();
  await journey.expectErrors(listBlankIdentityErrors(journey.messages));
  await journey.fillIdentity({
    firstName: 'Ana',
    lastName: 'Ruiz Peña',
    birth: ['31', '2', '1987'],
    phone: '55 12',
    email: 'ana@gmial.com',
  });
  await page.locator('[name=firstName]').focus();
  await page.getByRole('button', { name: partSurnames.replace('{first}', 'Ruiz').replace('{second}', 'Peña') }).click();
  await page.getByRole('button', { name: emailCorrect }).click();
  await expect(page.getByRole('button', { name: link(partSurnames) })).toHaveCount(0);
  await journey.continue();
  // The same fields with other errors.
  await journey.expectErrors([words.dob.real, words.phoneNumber.format]);
  await expect(page.getByText(words.dob.real)).toHaveCount(2);
  await expect(page.getByText(words.dob.required)).toHaveCount(0);
  await expectTranslated(page);
  await page.getByRole('radio', { name: genders.Female, exact: true }).check();
  await journey.switchLanguage();
  const otherMessages = journey.messages;
  await journey.expectErrors([otherMessages.errors.dob.real, otherMessages.errors.phoneNumber.format]);
  await journey.switchLanguage();
  await page.locator('[name="dob.day"]').fill('1');
  await page.locator('[name=phoneNumber]').fill(phone);
  await context.setOffline(true);
  await journey.continue();
  await expect(page.getByRole('alert').filter({ hasText: form.offline })).toBeVisible();
  await expect(page.getByRole('button', { name: form.continue })).toBeVisible();
  await context.setOffline(false);
  await journey.continue();
  await journey.expectTitle(steps.address.title);
});

test('the search, its list and the boxes', { tag: '@all' }, async ({ page, journey }) => {
  const { steps, errors: words } = journey.messages;
  const { search, results, byHand, undo, dropped, restore, picked, placeLost, searchFailedKept } = steps.address;
  const status = (text: string) => page.getByRole('status').filter({ hasText: text });
  const searchField = page.getByRole('combobox', { name: search });
  await journey.start('en');
  await journey.goToAddress(createPhone());
  await expectTranslated(page);
  await journey.continue();
  await expect(page.getByRole('alert').getByRole('link').first()).toHaveText(words.address1.required);

  // The list grows and shrinks under what is typed, whose matches move.
  await page.getByLabel(search).first().click();
  await expect(searchField).toBeFocused();
  for (const letter of 'calle dos 296') await page.keyboard.type(letter, { delay: 60 });
  await expect(page.getByRole('listbox').getByRole('option')).toHaveText([/Avenida\s+Calle\s+Dos\s+296/]);
  await expect(page.getByRole('listbox').getByRole('option').locator('strong')).not.toHaveCount(0);
  await expectTranslated(page);
  for (const textInput of ['av', 'ave', 'avenida', 'avenida ca', 'juarez', 'padre mier', 'avenida']) {
    await searchField.fill(textInput);
    if (textInput.length > 2) await expect(page.getByRole('listbox').getByRole('option').first()).toBeVisible();
  }
  await searchField.fill('Privada Nueva 7');
  await expect(status(results.none)).toBeVisible();
  await page.getByRole('button', { name: byHand }).click();
  await expect(page.locator('[name=address1]')).toHaveValue('Privada Nueva 7');

  // A pick replaces what was typed; it is put back, picked again, dropped and restored.
  await page.locator('[name=address1]').fill('Calle Uno 1');
  await journey.pickAddress('calle dos 296');
  await expect(status(picked)).toBeVisible();
  await page.getByRole('button', { name: undo }).click();
  await expect(page.locator('[name=address1]')).toHaveValue('Calle Uno 1');
  await expect(status(picked)).toHaveCount(0);
  await journey.pickAddress('calle dos 296');
  await journey.openAddressLines();
  await page.locator('[name=zipCode]').fill('03801');
  await expect(status(dropped)).toBeVisible();
  await page.getByRole('button', { name: restore }).click();
  await expect(status(dropped)).toHaveCount(0);
  await expect(page.locator('[name=zipCode]')).toHaveValue('03800');

  // A search that fails and one whose place does not come say so, one after the other.
  await page.locator('[name=address1]').fill('');
  await maps.reset('sandbox down');
  await searchField.fill('sandbox down');
  await expect(status(searchFailedKept)).toBeVisible();
  await maps.setNextAnswer('sandbox-guadalajara', { status: 500, body: { error: { status: 'INTERNAL' } } });
  await searchField.fill('juarez 170 guada');
  await page.getByRole('listbox').getByRole('option').first().click();
  await expect(status(placeLost)).toBeVisible();
  await journey.pickAddress('calle dos 296');
  await expectTranslated(page);
  await journey.continue();
  await journey.expectTitle(steps.payment.title);
});

test('from an account to a card, a check page that asks for the place, a refusal, and the link', {
  tag: '@all',
}, async ({ page, journey, context }) => {
  const { steps, errors: words, review, outcome } = journey.messages;
  const { bank, swapHint } = steps.payment;
  const { failed, retry, number, ending } = steps.card;
  const phone = createPhone();
  await journey.start('en');
  await journey.goToAddress(phone);
  await journey.pickAddress('calle dos 296');
  await journey.continue();
  await journey.expectTitle(steps.payment.title);
  await journey.continue();
  await journey.expectErrors([words.paymentMethodType.required]);
  await journey.choosePayment('UBN');
  const account = page.locator('[name="ubnParams.number"]');
  await account.pressSequentially('0023');
  await expect(page.getByText(link(bank))).toBeVisible();
  await account.fill('012320275621938816');
  await journey.continue();
  await journey.expectErrors([words.ubnParams.number.check]);
  for (const textInput of ['002320275621938851', '002320275629138815', '0']) {
    await account.fill(textInput);
    await journey.continue();
    await expectTranslated(page);
  }
  await account.fill('002320275629138815');
  await journey.continue();
  await expect(page.getByText(swapHint)).toBeVisible();
  await journey.choosePayment('Card');
  await page.route(VAULT_SCRIPT, (route) => route.abort());
  await journey.continue();
  await journey.expectTitle(steps.card.title);
  await expect(page.getByRole('alert').filter({ hasText: failed })).toBeVisible();
  await expectTranslated(page);
  await page.unroute(VAULT_SCRIPT);
  await page.getByRole('button', { name: retry }).click();
  await expect(journey.getHostedField(number, number)).toBeVisible();
  await journey.continue();
  await expect(page.getByRole('alert').getByRole('link').first()).toHaveText(words.addCardParams.cardtype.required);
  await journey.fillCard({ number: '4111111111111111', expiry: '1128', code: '123' });
  await expect(page.getByText(ending.replace('{network}', 'Visa').replace('{last4}', '1111'))).toBeVisible();
  await journey.continue();
  await journey.expectTitle(review.title);
  await expectTranslated(page);

  await context.grantPermissions(['geolocation']);
  await context.setGeolocation({ latitude: 19.4, longitude: -99.1 });
  const checkbox = page.getByRole('checkbox', { name: review.location });
  const status = page.getByRole('status').filter({ hasText: review.locationShared });
  await checkbox.check();
  await expect(status).toBeVisible();
  await checkbox.uncheck();
  await expect(status).toHaveCount(0);
  await expect(page.getByText(review.locationHint)).toBeVisible();
  await checkbox.check();
  await expect(status).toBeVisible();
  await context.setOffline(true);
  await journey.submit();
  await expect(page.getByRole('alert').filter({ hasText: journey.messages.form.offline })).toBeVisible();
  await context.setOffline(false);
  await raas.setNextAnswer(phone, { status: 400, body: { code: 'ERROR_OFAC_NOT_VALID', reason: 'x' }, delayMs: 7_000 });
  await journey.submit();
  // The page that waits becomes the page that says how it ended.
  await journey.expectTitle(outcome.sending.title);
  await expectTranslated(page);
  await journey.expectTitle(outcome.refused.title);
  await expectTranslated(page);
  await page.getByRole('link', { name: outcome.refused.action }).click();
  await journey.expectTitle(review.title);
  await page.getByRole('link', { name: /Change About you/ }).click();
  await page.locator('[name=firstName]').fill('Beatriz');
  await journey.continue();
  await journey.expectTitle(review.title);
  await raas.setNextAnswer(phone, { delayMs: 7_000 });
  await journey.submit();
  await journey.expectTitle(outcome.sending.title);
  await journey.expectLink();
  const calls = await raas.getSubmitRequests(phone);
  expect(calls.map(({ body }) => JSON.parse(body))).toMatchObject([
    { firstName: 'Ana', paymentMethodType: 'Card', address1: 'Avenida Calle Dos 296', callLocationLatitude: 19.4 },
    { firstName: 'Beatriz', paymentMethodType: 'Card', zipCode: '03800', city: 'San Pedro de los Pinos' },
  ]);
});

test('every page and state that the preview knows can be translated, and says what is wrong with its form', {
  tag: '@all',
}, async ({ page, journey, baseURL }) => {
  for (const name of await listSceneNames(baseURL ?? '')) {
    await page.goto(`/en/preview/${name}`);
    await expectTranslated(page);
    const button = page.getByRole('button', { name: journey.messages.form.continue, exact: true });
    if (await button.isVisible()) await button.click();
    await page.getByRole('link', { name: journey.messages.site.languageLabel }).click();
    await expectTranslated(page);
    expect(
      errors.filter((text) => !/Failed to load resource/.test(text)),
      name,
    ).toEqual([]);
  }
});
