import { createPhone, expect, test } from '../../support/fixtures.ts';
import { messages } from '../../support/pages/journey-page.ts';
import { raas } from '../../support/stand-in-controls.ts';

// The language switch keeps every value, error and place, wherever it is pressed (WCAG 3.3.7; nothing is asked twice).

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled });

    test('a half-filled form with errors goes along, and its errors change language', {
      tag: javaScriptEnabled ? [] : '@all',
    }, async ({ page, journey }) => {
      await journey.start('en');
      const names = [
        messages.en.errors.lastName.required,
        messages.en.errors.dob.month,
        messages.en.errors.phoneNumber.format,
      ];
      await journey.fillIdentity({ firstName: 'Zoë', lastName: '', birth: ['24', '13', '1987'], phone: '123' });
      await journey.openOptionalFields();
      await page.locator('[name=email]').fill('zoe@half.mx');
      await journey.continue();
      await expect(page.getByRole('alert').getByRole('link')).toHaveText(names);
      await page.locator('[name=lastName2]').fill('Peña'); // typed after the errors came
      await journey.switchLanguage();
      await journey.expectErrors([
        messages.es.errors.lastName.required,
        messages.es.errors.dob.month,
        messages.es.errors.phoneNumber.format,
      ]);
      await expect(page.locator('html')).toHaveAttribute('lang', 'es');
      for (const [name, value] of Object.entries({
        firstName: 'Zoë',
        lastName: '',
        lastName2: 'Peña',
        phoneNumber: '123',
        email: 'zoe@half.mx',
        'dob.day': '24',
        'dob.month': '13',
        'dob.year': '1987',
      })) {
        await expect(page.locator(`[name="${name}"]`)).toHaveValue(value);
      }
      await journey.switchLanguage();
      await journey.expectErrors(names);
      await page.reload();
      await expect(page.locator('[name=firstName]')).toHaveValue('Zoë');
      await journey.fillIdentity({
        firstName: 'Zoë',
        lastName: 'Ruiz',
        birth: ['24', '12', '1987'],
        phone: createPhone(),
      });
      await journey.continue();
      await journey.expectTitle(messages.en.steps.address.title);
      await page.goto('/en/onboarding/identity');
      await expect(page.getByRole('alert').getByRole('link')).toHaveCount(0);
      await expect(page.locator('[name=email]')).toHaveValue('zoe@half.mx');
    });

    test('what the upstream did not accept is said in the other language too', { tag: '@all' }, async ({
      page,
      journey,
    }) => {
      const phone = createPhone();
      await journey.start('es');
      await journey.goToReviewWithWallet(phone);
      await raas.setNextAnswer(phone, { status: 400, body: { code: 'INVALID_PHONE_NUMBER', reason: 'x' } });
      await journey.submit();
      await journey.expectErrors([messages.es.errors.phoneNumber.refused]);
      await journey.switchLanguage();
      await journey.expectErrors([messages.en.errors.phoneNumber.refused]);
      await expect(page.locator('[name=firstName]')).toHaveValue('Ana');
    });

    test('Enter in a box continues and does not press the switch, which stands first', { tag: '@all' }, async ({
      page,
      journey,
    }) => {
      await journey.start('en');
      await page.locator('[name=firstName]').press('Enter');
      await expect(page.getByRole('alert').getByRole('link')).not.toHaveCount(0);
      await expect(page).toHaveURL(/\/en\//);
    });
  });
}

test('a choice of payment, an address half typed and our own boxes of the card go along', { tag: '@all' }, async ({
  page,
  journey,
}) => {
  await journey.start('en');
  await journey.goToAddress(createPhone());
  await journey.openAddressLines();
  await page.locator('[name=address1]').fill('Calle Dos 10');
  await journey.switchLanguage();
  await expect(page.locator('[name=address1]')).toHaveValue('Calle Dos 10');
  await journey.fillAddress();
  await journey.continue();
  await journey.expectTitle(messages.es.steps.payment.title);
  await journey.choosePayment('Card');
  await journey.switchLanguage();
  await expect(page.getByRole('radio', { name: messages.en.steps.payment.types.Card })).toBeChecked();
  await journey.continue();
  await journey.expectTitle(messages.en.steps.card.title);
  await page.getByRole('radio', { name: messages.en.steps.card.types.CreditCard }).check();
  await journey.continue();
  await journey.expectErrors([
    messages.en.errors.addCardParams.number.required,
    messages.en.errors.addCardParams.expirationDate.required,
    messages.en.errors.addCardParams.securityCode.required,
  ]);
  await journey.switchLanguage();
  await journey.expectErrors([
    messages.es.errors.addCardParams.number.required,
    messages.es.errors.addCardParams.expirationDate.required,
    messages.es.errors.addCardParams.securityCode.required,
  ]);
  await expect(page.getByRole('radio', { name: messages.es.steps.card.types.CreditCard })).toBeChecked();
  await expect(journey.getHostedField(messages.es.steps.card.number, messages.es.steps.card.number)).toBeVisible();
});

test('a card number typed into a wrong box does not go along', async ({ page, journey }) => {
  await journey.start('en');
  await journey.waitForHydration();
  await page.locator('[name=firstName]').fill('4111 1111 1111 1111');
  await journey.switchLanguage();
  await expect(page.locator('[name=firstName]')).toHaveValue('');
});

test('who only looks and switches gets no cookie', async ({ journey, context }) => {
  await journey.start('en');
  await journey.switchLanguage();
  await journey.expectTitle(messages.es.steps.identity.title);
  expect(await context.cookies()).toEqual([]);
});
