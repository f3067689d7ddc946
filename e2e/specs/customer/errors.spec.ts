import { createPhone, expect, test } from '../../support/fixtures.ts';
import { listBlankIdentityErrors } from '../../support/pages/blank-identity-errors.ts';
import type { Lang } from '../../support/pages/journey-page.ts';
import { raas } from '../../support/stand-in-controls.ts';

for (const lang of ['en', 'es'] satisfies Lang[]) {
  test(`${lang}: bad input at each step is told at its field, with the focus on the summary and everything kept`, {
    tag: lang === 'en' ? [] : '@all',
  }, async ({ page, journey }) => {
    await journey.start(lang);
    const { errors, steps } = journey.messages;

    await journey.continue();
    await journey.expectErrors(listBlankIdentityErrors(journey.messages));
    await journey.fillIdentity({
      firstName: 'Ñandú',
      lastName: "O'Hara",
      birth: ['31', '2', '1987'],
      phone: '55 12',
      email: 'ana@',
    });
    await journey.continue();
    await journey.expectErrors([errors.dob.real, errors.phoneNumber.format, errors.email.format]);
    for (const [name, value] of Object.entries({
      firstName: 'Ñandú',
      lastName: "O'Hara",
      phoneNumber: '55 12',
      email: 'ana@',
    })) {
      await expect(page.locator(`[name=${name}]`)).toHaveValue(value);
    }
    await expect(page.locator('[name="dob.day"]')).toHaveValue('31');
    await expect(page.locator('[name=phoneNumber]')).toHaveAttribute('aria-invalid', 'true');
    await expect(page.locator('[name=phoneNumber]')).toHaveAccessibleDescription(
      new RegExp(errors.phoneNumber.format.slice(0, 20)),
    );
    await page.getByRole('link', { name: errors.phoneNumber.format }).click();
    await expect(page.locator('[name=phoneNumber]')).toBeFocused();
    await journey.fillIdentity({
      firstName: 'Ñandú',
      lastName: "O'Hara",
      birth: ['28', '2', '1987'],
      phone: createPhone(),
      email: '',
    });
    await page.locator('[name=email]').fill('');
    await journey.continue();

    await journey.expectTitle(steps.address.title);
    await journey.openAddressLines();
    await page.locator('[name=address1]').fill('Calle Dos 10');
    await page.locator('[name=zipCode]').fill('380');
    await journey.continue();
    await journey.expectErrors([errors.zipCode.mexican, errors.colonia.required, errors.state.required]);
    await expect(page.locator('[name=address1]')).toHaveValue('Calle Dos 10');
    await journey.fillAddress();
    await journey.continue();

    await journey.expectTitle(steps.payment.title);
    await journey.continue();
    await journey.expectErrors([errors.paymentMethodType.required]);
    await journey.choosePayment('UBN');
    await page.locator('[name="ubnParams.number"]').fill('002320275621938816');
    await journey.continue();
    await journey.expectErrors([errors.ubnParams.number.check]);
    await journey.choosePayment('Card');
    await journey.continue();

    await journey.expectTitle(steps.card.title);
    await expect(journey.getHostedField(steps.card.number, steps.card.number)).toBeVisible();
    await page.locator('[name="addCardParams.nameOnCard"]').fill('');
    await journey.continue();
    await journey.expectErrors([
      errors.addCardParams.cardtype.required,
      errors.addCardParams.number.required,
      errors.addCardParams.expirationDate.required,
      errors.addCardParams.securityCode.required,
      errors.addCardParams.nameOnCard.required,
    ]);
    await page.getByRole('link', { name: errors.addCardParams.securityCode.required }).click();
    const code = journey.getHostedField(steps.card.securityCode, steps.card.securityCode);
    await expect(code).toBeFocused();
    await expect(code).toHaveAccessibleName(
      `${steps.card.securityCode}. ${errors.addCardParams.securityCode.required}`,
    );
    // An incomplete number has a message of its own.
    const { required, format } = errors.addCardParams.number;
    await journey.getHostedField(steps.card.number, steps.card.number).pressSequentially('4111');
    await journey.continue();
    await expect(page.getByRole('alert').getByRole('link', { name: format })).toBeVisible();
    await expect(page.getByRole('alert').getByRole('link', { name: required })).toHaveCount(0);
  });
}

test('a corrected error disappears at once, the others stay, and a new one waits for the button', async ({
  page,
  journey,
}) => {
  await journey.start('en');
  const { errors, form, steps } = journey.messages;
  const getFixButton = (count: number) =>
    page.getByRole('button', { name: form.fix.replace('{count}', `${count}`), exact: true });
  const links = page.getByRole('alert').getByRole('link');
  await journey.continue();
  await journey.expectErrors(listBlankIdentityErrors(journey.messages));
  await expect(getFixButton(4)).toBeVisible();
  await page.locator('[name=firstName]').pressSequentially('A');
  await expect(links).toHaveText([errors.lastName.required, errors.dob.required, errors.phoneNumber.required]);
  await expect(page.locator('[name=firstName]')).not.toHaveAttribute('aria-invalid');
  await expect(page.locator('[name=firstName]')).toBeFocused();
  await page.locator('[name=phoneNumber]').fill('55');
  await expect(links).toHaveCount(3);
  await page.locator('[name=firstName]').fill('');
  await expect(links).toHaveCount(3);
  const phone = createPhone();
  await journey.fillIdentity({ firstName: 'Ana', lastName: 'Ruiz', birth: ['1', '2', '1990'], phone });
  await expect(page.getByRole('alert').filter({ hasText: form.errorTitle })).toHaveCount(0);
  await expect(page.locator('[aria-invalid]')).toHaveCount(0);
  await expect(page).toHaveTitle(steps.identity.title);
  await journey.continue();
  await journey.expectTitle(steps.address.title);
  await journey.continue();
  await journey.expectErrors([
    errors.address1.required,
    errors.zipCode.required,
    errors.colonia.required,
    errors.state.required,
  ]);
  // The search corrects the lines that it fills in.
  await journey.pickAddress('Calle Dos 296');
  await expect(links).toHaveCount(0);
  await expect(page.locator('[aria-invalid]')).toHaveCount(0);
  await journey.continue();

  await journey.expectTitle(steps.payment.title);
  await journey.continue();
  await journey.expectErrors([errors.paymentMethodType.required]);
  await journey.choosePayment('UBN');
  await expect(links).toHaveCount(0);
  await journey.continue();
  await journey.expectErrors([errors.ubnParams.number.clabe]);
  await journey.choosePayment('Card');
  await expect(links).toHaveCount(0);
  await journey.continue();

  await journey.expectTitle(steps.card.title);
  await expect(journey.getHostedField(steps.card.number, steps.card.number)).toBeVisible();
  await journey.continue();
  await expect(getFixButton(4)).toBeVisible();
  await page.getByRole('radio', { name: steps.card.types.DebitCard }).check();
  await page.frameLocator('iframe[title="Card number"]').getByRole('textbox').pressSequentially('4111111111111111');
  await expect(links).toHaveText([
    errors.addCardParams.expirationDate.required,
    errors.addCardParams.securityCode.required,
  ]);
});

test.describe('with JavaScript off', () => {
  test.use({ javaScriptEnabled: false });

  test('the server says the same, keeps the same, and opens what was hidden', async ({ page, journey }) => {
    await journey.start('es');
    const { errors } = journey.messages;
    await journey.fillIdentity({ firstName: 'Ñandú', lastName: '', birth: ['31', '2', '1987'], phone: '55 12' });
    await journey.continue();
    const summary = page.getByRole('alert');
    await expect(summary).toBeFocused();
    await expect(summary.getByRole('link')).toHaveText([
      errors.lastName.required,
      errors.dob.real,
      errors.phoneNumber.format,
    ]);
    await expect(page).toHaveTitle(/^Error: /);
    await expect(page.locator('[name=firstName]')).toHaveValue('Ñandú');
    await expect(page.locator('[name=phoneNumber]')).toHaveValue('55 12');
    await expect(page.locator('[name="dob.month"]')).toHaveValue('2');
    await page.locator('[name=lastName]').fill('Ruiz');
    await page.locator('[name="dob.day"]').fill('1');
    await page.locator('[name=phoneNumber]').fill(createPhone());
    await journey.continue();
    await journey.expectTitle(journey.messages.steps.address.title);
  });

  test('a card number in a name is refused and does not come back', async ({ page, journey }) => {
    await journey.start('en');
    await journey.fillIdentity({
      firstName: '5555 5555 5555 4444',
      lastName: 'Ruiz',
      birth: ['1', '2', '1990'],
      phone: createPhone(),
    });
    await journey.continue();
    await expect(page.getByRole('alert').getByRole('link')).toHaveText([journey.messages.errors.text.cardNumber]);
    await expect(page.locator('[name=firstName]')).toHaveValue('');
    await expect(page.locator('[name=lastName]')).toHaveValue('Ruiz');
    expect(await page.content()).not.toContain('5555 5555');
  });
});

for (const phoneInput of ['+5215521206706', '+52 55 2120 6706', '55 2120 6706', '(55) 2120-6706']) {
  test(`the vendor’s own phone passes as ${phoneInput}, and comes back as it was typed`, {
    tag: '@all',
  }, async ({ page, journey }) => {
    await journey.start('en');
    await journey.fillIdentity({ firstName: 'Ana', lastName: 'Ruiz', birth: ['1', '2', '1990'], phone: phoneInput });
    await journey.continue();
    await journey.expectTitle(journey.messages.steps.address.title);
    await page.goBack();
    await expect(page.locator('[name=phoneNumber]')).toHaveValue(phoneInput);
  });
}

test.describe('with the connection gone', () => {
  test.use({ expectConsole: [/ERR_INTERNET_DISCONNECTED/] });

  test('nothing is lost and the same press works when it is back', async ({ page, journey, context }) => {
    const phone = createPhone();
    await journey.start('en');
    await journey.fillIdentity({ firstName: 'Ana', lastName: 'Ruiz', birth: ['1', '2', '1990'], phone });
    await context.setOffline(true);
    await journey.continue();
    await expect(page.getByRole('alert').filter({ hasText: journey.messages.form.offline })).toBeFocused();
    await expect(page.locator('[name=firstName]')).toHaveValue('Ana');
    await context.setOffline(false);
    await journey.continue();
    await journey.expectTitle(journey.messages.steps.address.title);
    expect(await raas.getSubmitRequests(phone)).toEqual([]);
  });
});

test.describe('without the schema', () => {
  test.use({ expectConsole: [/ERR_FAILED/] });

  test('the server validates the form', { tag: '@all' }, async ({ page, journey }) => {
    const { errors, form, steps } = journey.messages;
    const phone = createPhone();
    await journey.start('en');
    await journey.waitForHydration();
    // The scripts of the page are there; its schema comes with the first letter.
    await page.route('**/_next/static/**/*.js*', (route) => route.abort());
    await page.locator('[name=firstName]').fill('Ana');
    await journey.continue();
    await expect(page.getByRole('alert').filter({ hasText: form.errorTitle })).toBeFocused();
    await expect(page.getByRole('link', { name: errors.lastName.required })).toBeVisible();
    await expect(page.locator('[name=firstName]')).toHaveValue('Ana');
    await page.unrouteAll();
    await journey.fillIdentity({ firstName: 'Ana', lastName: 'Ruiz', birth: ['1', '2', '1990'], phone });
    await journey.continue();
    await journey.expectTitle(steps.address.title);
  });
});
