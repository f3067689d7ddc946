import { expect, freshPhone, test } from '../../support/fixtures.ts';
import { words } from '../../support/pages/journey-page.ts';
import { raas } from '../../support/sandbox-control.ts';

// The language switch keeps every value, error and place, wherever it is pressed (WCAG 3.3.7; nothing is asked twice).

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled });

    test('a half-filled form with errors goes along, and its errors change language', async ({ page, journey }) => {
      await journey.start('en');
      const names = [words.en.errors.lastName.required, words.en.errors.dob.month, words.en.errors.phoneNumber.format];
      await journey.identity({ firstName: 'Zoë', lastName: '', birth: ['24', '13', '1987'], phone: '123' });
      await page.locator('[name=email]').fill('zoe@half.mx');
      await journey.continue();
      await expect(page.getByRole('alert').getByRole('link')).toHaveText(names);
      await page.locator('[name=lastName2]').fill('Peña'); // typed after the errors came
      await journey.switchLanguage();
      await journey.expectErrors([
        words.es.errors.lastName.required,
        words.es.errors.dob.month,
        words.es.errors.phoneNumber.format,
      ]);
      await expect(page.locator('html')).toHaveAttribute('lang', 'es');
      for (const [name, value] of Object.entries({
        ...{ firstName: 'Zoë', lastName: '', lastName2: 'Peña', phoneNumber: '123', email: 'zoe@half.mx' },
        ...{ 'dob.day': '24', 'dob.month': '13', 'dob.year': '1987' },
      })) {
        await expect(page.locator(`[name="${name}"]`)).toHaveValue(value);
      }
      await journey.switchLanguage();
      await journey.expectErrors(names);
      await page.reload();
      await expect(page.locator('[name=firstName]')).toHaveValue('Zoë');
      await journey.identity({ firstName: 'Zoë', lastName: 'Ruiz', birth: ['24', '12', '1987'], phone: freshPhone() });
      await journey.continue();
      await journey.expectTitle(words.en.steps.address.title);
      await page.goto('/en/onboarding/identity');
      await expect(page.getByRole('alert').getByRole('link')).toHaveCount(0);
      await expect(page.locator('[name=email]')).toHaveValue('zoe@half.mx');
    });

    test('what the upstream did not accept is said in the other language too', async ({ page, journey }) => {
      const phone = freshPhone();
      await journey.start('es');
      await journey.walletToReview(phone);
      await raas.next(phone, { status: 400, body: { code: 'INVALID_PHONE_NUMBER', reason: 'x' } });
      await journey.submit();
      await journey.expectErrors([words.es.errors.phoneNumber.refused]);
      await journey.switchLanguage();
      await journey.expectErrors([words.en.errors.phoneNumber.refused]);
      await expect(page.locator('[name=firstName]')).toHaveValue('Ana');
    });

    test('Enter in a box continues and does not press the switch, which stands first', async ({ page, journey }) => {
      await journey.start('en');
      await page.locator('[name=firstName]').press('Enter');
      await expect(page.getByRole('alert').getByRole('link')).not.toHaveCount(0);
      await expect(page).toHaveURL(/\/en\//);
    });
  });
}

test('a choice of payment, an address half typed and our own boxes of the card go along', async ({ page, journey }) => {
  await journey.start('en');
  await journey.toAddress(freshPhone());
  await page.locator('[name=address1]').fill('Calle Dos 10');
  await journey.switchLanguage();
  await expect(page.locator('[name=address1]')).toHaveValue('Calle Dos 10');
  await journey.typeAddress();
  await journey.continue();
  await journey.expectTitle(words.es.steps.payment.title);
  await journey.choosePayment('Card');
  await journey.switchLanguage();
  await expect(page.getByRole('radio', { name: words.en.steps.payment.types.Card })).toBeChecked();
  await journey.continue();
  await journey.expectTitle(words.en.steps.card.title);
  await page.getByRole('radio', { name: words.en.steps.card.types.CreditCard }).check();
  await journey.continue();
  await journey.expectErrors([
    words.en.errors.addCardParams.number,
    words.en.errors.addCardParams.expirationDate,
    words.en.errors.addCardParams.securityCode,
  ]);
  await journey.switchLanguage();
  await journey.expectErrors([
    words.es.errors.addCardParams.number,
    words.es.errors.addCardParams.expirationDate,
    words.es.errors.addCardParams.securityCode,
  ]);
  await expect(page.getByRole('radio', { name: words.es.steps.card.types.CreditCard })).toBeChecked();
  await expect(journey.hosted(words.es.steps.card.number, words.es.steps.card.number)).toBeVisible();
});

test('a card number typed into a wrong box does not go along', async ({ page, journey }) => {
  await journey.start('en');
  await journey.listening();
  await page.locator('[name=firstName]').fill('4111 1111 1111 1111');
  await journey.switchLanguage();
  await expect(page.locator('[name=firstName]')).toHaveValue('');
});

test('who only looks and switches gets no cookie', async ({ journey, context }) => {
  await journey.start('en');
  await journey.switchLanguage();
  await journey.expectTitle(words.es.steps.identity.title);
  expect(await context.cookies()).toEqual([]);
});
