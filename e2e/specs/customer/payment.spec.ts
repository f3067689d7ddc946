import { createPhone, expect, test } from '../../support/fixtures.ts';
import { EXTRA_CARD_FIELDS } from '../../support/pages/example-request.ts';
import type { JourneyPage } from '../../support/pages/journey-page.ts';
import { raas } from '../../support/stand-in-controls.ts';

const NUMBER_SELECTOR = '[name="ubnParams.number"]';
/** Without script a browser does send what is typed; this one is not among those that no test may find in the traffic. */
const CARD = '5555 5555 5555 4444';

/** The answers of each of these customers about themselves and their address. */
const PERSON = {
  firstName: 'Ana',
  lastName: 'Ruiz',
  dob: '1990-02-01',
  lang: 'en',
  countryCode: 'MX',
  address1: 'Calle Dos 10',
  city: 'San Pedro de los Pinos',
  state: 'CDMX',
  zipCode: '03800',
};

async function goToPayment(journey: JourneyPage): Promise<string> {
  const phone = createPhone();
  await journey.start('en');
  await journey.goToPayment(phone);
  return phone;
}

/** Submits, arrives, and tells what the upstream received but for the phone, which it checks. */
async function submitAndGetBody(journey: JourneyPage, phone: string): Promise<unknown> {
  await journey.expectTitle(journey.messages.review.title);
  await journey.submit();
  await journey.expectLink();
  const [call, ...otherCalls] = await raas.getSubmitRequests(phone);
  expect(otherCalls).toEqual([]);
  const { phoneNumber, ...body } = JSON.parse(call?.body ?? '{}');
  expect(phoneNumber).toBe(phone.replace('+52', '+521'));
  return body;
}

test('a card: aliases, network, last four and expiry, and nothing else', async ({ journey }) => {
  const phone = await goToPayment(journey);
  await journey.choosePayment('Card');
  await journey.continue();
  await journey.expectTitle(journey.messages.steps.card.title);
  await journey.fillCard({ number: '378282246310005', expiry: '0329', code: '1234' });
  await journey.continue();
  expect(await submitAndGetBody(journey, phone)).toEqual({
    ...PERSON,
    paymentMethodType: 'Card',
    addCardParams: {
      ...EXTRA_CARD_FIELDS,
      name: 'AMERICANEXPRESS-0005',
      nameOnCard: 'Ana Ruiz',
      cardtype: 'DebitCard',
      cardNetwork: 'AmericanExpress',
      expirationDate: '0329',
      number: expect.stringMatching(/^tok_sandbox_[1-9A-HJ-NP-Za-km-z]{22}_0005$/),
    },
  });
});

test('an account: its number with leading zeros, country and currency; the bank is named as soon as it is known', async ({
  page,
  journey,
}) => {
  const bank = 'BANAMEX (Banco Nacional de México)';
  const phone = await goToPayment(journey);
  await journey.choosePayment('UBN');
  await page.locator(NUMBER_SELECTOR).pressSequentially('00');
  await expect(page.getByText(bank)).toBeHidden();
  await page.locator(NUMBER_SELECTOR).pressSequentially('2');
  await expect(page.getByText(`Bank: ${bank}`)).toBeVisible();
  await page.locator(NUMBER_SELECTOR).fill('002-320 2756 2193 8815');
  await journey.continue();
  await expect(page.getByText('002 320 27562193881 5')).toBeVisible();
  await expect(page.getByText(bank)).toBeVisible();
  expect(await submitAndGetBody(journey, phone)).toEqual({
    ...PERSON,
    paymentMethodType: 'UBN',
    ubnParams: { number: '002320275621938815', country: 'MX', currency: 'MXN' },
  });
});

for (const type of ['BankAccount', 'DigitalWallet'] as const) {
  test(`${type}: the type alone, and in plain words what comes next`, {
    tag: '@all',
  }, async ({ page, journey }) => {
    const { typeHints, next } = journey.messages.steps.payment;
    const phone = await goToPayment(journey);
    await expect(page.getByText(typeHints[type])).toBeVisible();
    await journey.choosePayment(type);
    await journey.continue();
    await expect(page.getByText(next[type])).toBeVisible();
    expect(await submitAndGetBody(journey, phone)).toEqual({ ...PERSON, paymentMethodType: type });
  });
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled });

    test('two digits that changed places are hinted at, and the number stays as it was typed', { tag: '@all' }, async ({
      page,
      journey,
    }) => {
      const { errors, steps } = journey.messages;
      await goToPayment(journey);
      await journey.choosePayment('UBN');
      await page.locator(NUMBER_SELECTOR).fill('002 302 27562193881 5');
      await journey.continue();
      await expect(page.getByRole('alert').getByRole('link')).toHaveText([errors.ubnParams.number.check]);
      await expect(page.locator(NUMBER_SELECTOR)).toHaveValue('002 302 27562193881 5');
      await expect(page.getByText(steps.payment.swapHint)).toBeVisible();
      await expect(page.getByText('The digits in places 5 and 6')).toBeAttached();
      // Three exchanges would make the number valid: 02, 30 and the 02 that the customer did exchange.
      await expect(page.locator('bdi strong')).toHaveText(['0', '2', '3', '0', '2']);
    });

    test('a card number in the account’s box is refused, and is not kept by another choice', {
      tag: javaScriptEnabled ? '@all' : [],
    }, async ({ page, journey }) => {
      await goToPayment(journey);
      await journey.choosePayment('UBN');
      await page.locator(NUMBER_SELECTOR).fill(CARD);
      await journey.continue();
      await expect(page.getByRole('alert').getByRole('link')).toHaveText([journey.messages.errors.text.cardNumber]);
      if (javaScriptEnabled) {
        // Still in the person's own box, out of sight, when they choose another way; it must go nowhere.
        await journey.waitForHydration();
        await page.locator(NUMBER_SELECTOR).fill('4111 1111 1111 1111');
        await journey.choosePayment('DigitalWallet');
        await journey.continue();
        await journey.expectTitle(journey.messages.review.title);
        await page.goto('/en/onboarding/payment');
        await expect(page.locator(NUMBER_SELECTOR)).toHaveValue('');
      } else {
        await expect(page.locator(NUMBER_SELECTOR)).toHaveValue('');
        expect(await page.content()).not.toContain('5555');
      }
    });
  });
}

for (const [page, index] of [
  ['payment', 2],
  ['card', 1],
  ['identity', 3],
] as const) {
  test(`a choice that is made on the ${page} page before the script arrives stays`, { tag: '@all' }, async ({
    page: tab,
    journey,
  }) => {
    await journey.start('en');
    await journey.goToCard(createPhone());
    let onArrival = () => {};
    const arrival = new Promise<void>((resolve) => {
      onArrival = resolve;
    });
    await tab.route('**/_next/static/**/*.js', async (route) => {
      await arrival;
      await route.continue();
    });
    await tab.goto(`/en/onboarding/${page}`, { waitUntil: 'commit' });
    if (page === 'identity') await tab.getByText(journey.messages.steps.identity.more).click();
    const choice = tab.getByRole('radio').nth(index);
    await choice.check();
    onArrival();
    await journey.waitForHydration();
    await tab.getByRole('button', { name: journey.messages.form.continue }).click();
    if (page === 'card') await expect(tab.getByRole('alert').getByRole('link')).toHaveCount(3);
    else await expect(tab).not.toHaveURL(new RegExp(`/${page}$`));
    if (page !== 'card') await tab.goto(`/en/onboarding/${page}`);
    await expect(choice).toBeChecked();
  });
}
