import { createPhone, expect, test } from '../../support/fixtures.ts';
import { EXAMPLE_REQUEST, EXTRA_CARD_FIELDS, EXTRA_FIELDS, fillExample } from '../../support/pages/example-request.ts';
import { getLinkOrigin, raas } from '../../support/stand-in-controls.ts';

async function expectReceived(phone: string, expectedBody: object): Promise<void> {
  const calls = await raas.getSubmitRequests(phone.replace('+521', '+52'));
  expect(calls).toHaveLength(1);
  const [call] = calls;
  expect(call).toMatchObject({ method: 'POST', path: '/v1/auth/sessionlink-v2', status: 200 });
  expect(call?.headers).toHaveProperty('api_key');
  const body = JSON.parse(call?.body ?? '');
  expect(body).toEqual(expectedBody);
  expect(call?.body).not.toMatch(/:\s*(""|null)/);
  const place = JSON.parse(body.placeDetail);
  expect(place).toMatchObject({
    place_id: 'sandbox-calle-dos-296',
    geometry: { location: { lat: 19.3953755, lng: -99.1384059 } },
  });
  expect(place.address_components).toContainEqual({ long_name: '03800', short_name: '03800', types: ['postal_code'] });
}

const LINK_PATTERN = /^http:\/\/127\.0\.0\.1:\d+\/[A-Za-z0-9]{5}$/;

test('the vendor’s example, typed in English, arrives exactly as the vendor prints it', async ({ page, journey }) => {
  await journey.start('en');
  await fillExample(journey, '+5215521206706');
  await journey.submit();
  await expect(page).toHaveURL(LINK_PATTERN);
  expect(page.url().startsWith(getLinkOrigin())).toBe(true);
  await expect(page.getByRole('heading', { name: 'Session link reached' })).toBeVisible();
  await expectReceived('+5215521206706', {
    ...EXAMPLE_REQUEST,
    ...EXTRA_FIELDS,
    addCardParams: { ...EXAMPLE_REQUEST.addCardParams, ...EXTRA_CARD_FIELDS },
  });
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('the same person in Spanish arrives the same, in Spanish', { tag: '@all' }, async ({ page, journey }) => {
    await journey.start('es');
    const email = 'ariel+fielContigo-2@leapfinancial.com';
    await fillExample(journey, '+5215521206703', email);
    await journey.submit();
    await expect(page).toHaveURL(LINK_PATTERN);
    await expect(page.getByRole('heading', { name: 'Llegaste al enlace de sesión' })).toBeVisible();
    await expectReceived('+5215521206703', {
      ...EXAMPLE_REQUEST,
      ...EXTRA_FIELDS,
      addCardParams: { ...EXAMPLE_REQUEST.addCardParams, ...EXTRA_CARD_FIELDS },
      phoneNumber: '+5215521206703',
      email,
      lang: 'es',
    });
  });
});

test.describe('with JavaScript off', () => {
  test.use({ javaScriptEnabled: false });

  test('a wallet customer with a typed address arrives, and nothing that needs script is shown', async ({
    page,
    journey,
  }) => {
    const phone = createPhone();
    await journey.start('es');
    await journey.fillIdentity({
      firstName: 'José Ángel',
      lastName: 'de la O',
      lastName2: 'Núñez',
      birth: ['29', '2', '2000'],
      phone,
    });
    await journey.continue();
    await journey.expectTitle(journey.messages.steps.address.title);
    await expect(page.getByLabel(journey.messages.steps.address.search)).toBeHidden();
    await journey.fillAddress();
    await journey.continue();
    await journey.choosePayment('DigitalWallet');
    await journey.continue();
    await journey.expectTitle(journey.messages.review.title);
    await expect(page.getByText('José Ángel de la O Núñez')).toBeVisible();
    await journey.submit();
    await expect(page).toHaveURL(LINK_PATTERN);
    const [call] = await raas.getSubmitRequests(phone);
    expect(JSON.parse(call?.body ?? '')).toEqual({
      firstName: 'José Ángel',
      lastName: 'de la O',
      lastName2: 'Núñez',
      dob: '2000-02-29',
      phoneNumber: phone.replace('+52', '+521'),
      address1: 'Calle Dos 10',
      city: 'San Pedro de los Pinos',
      state: 'CDMX',
      zipCode: '03800',
      countryCode: 'MX',
      lang: 'es',
      paymentMethodType: 'DigitalWallet',
    });
  });

  test('the card page says what it needs and offers another way', async ({ page, journey }) => {
    await journey.start('en');
    await journey.fillIdentity({ firstName: 'Ana', lastName: 'Ruiz', birth: ['1', '2', '1990'], phone: createPhone() });
    await journey.continue();
    await journey.fillAddress();
    await journey.continue();
    await journey.choosePayment('Card');
    await journey.continue();
    await journey.expectTitle('Your card');
    await expect(page.getByText(journey.messages.steps.card.noScript)).toBeVisible();
    await expect(page.locator('input:visible, select:visible')).toHaveCount(0);
    await page.getByRole('link', { name: journey.messages.steps.card.other }).click();
    await journey.expectTitle(journey.messages.steps.payment.title);
  });
});

test('an account number goes out with its country and currency, and the middle name where it is given', {
  tag: '@all',
}, async ({ page, journey }) => {
  const phone = createPhone();
  await journey.start('en');
  await journey.fillIdentity({ firstName: 'Ana', lastName: 'Ruiz', birth: ['1', '2', '1990'], phone });
  await journey.openOptionalFields();
  await page.locator('[name=middleName]').fill('Lucía');
  await journey.continue();
  await journey.fillAddress();
  await page.locator('[name=address2]').fill('Int. 4');
  await journey.continue();
  await journey.choosePayment('UBN');
  await page.locator('[name="ubnParams.number"]').fill('002 320 2756 2193 8815');
  await journey.continue();
  await expect(page.getByText('002 320 27562193881 5')).toBeVisible();
  await journey.submit();
  await expect(page).toHaveURL(LINK_PATTERN);
  const [call] = await raas.getSubmitRequests(phone);
  expect(JSON.parse(call?.body ?? '')).toMatchObject({
    middleName: 'Lucía',
    address2: 'Int. 4',
    paymentMethodType: 'UBN',
    ubnParams: { number: '002320275621938815', country: 'MX', currency: 'MXN' },
  });
});

test.describe('a customer who shares where they are', () => {
  test.use({ geolocation: { latitude: 19.43, longitude: -99.13 }, permissions: ['geolocation'] });

  test('is asked first, and the position goes along', async ({ page, journey }) => {
    const phone = createPhone();
    await journey.start('en');
    await journey.goToReviewWithWallet(phone);
    await page.getByRole('checkbox', { name: journey.messages.review.location }).check();
    await expect(page.getByText(journey.messages.review.locationShared)).toBeVisible();
    await journey.submit();
    await expect(page).toHaveURL(LINK_PATTERN);
    const [call] = await raas.getSubmitRequests(phone);
    expect(JSON.parse(call?.body ?? '')).toMatchObject({ callLocationLatitude: 19.43, callLocationLongitude: -99.13 });
  });
});

test('the progress counts the same pages before and after the choice of how to pay', { tag: '@all' }, async ({
  page,
  journey,
}) => {
  const { form, steps, review } = journey.messages;
  const expectProgress = (current: number) =>
    expect(page.getByText(form.progress.replace('{current}', `${current}`).replace('{total}', '4'))).toBeVisible();
  await journey.start('en');
  await expectProgress(1);
  await journey.goToAddress(createPhone());
  await expectProgress(2);
  await journey.fillAddress();
  await journey.continue();
  await journey.expectTitle(steps.payment.title);
  await expectProgress(3);
  await journey.choosePayment('Card');
  await journey.continue();
  await journey.expectTitle(steps.card.title);
  await expectProgress(3);
  await page.goto('/en/onboarding/payment');
  await journey.choosePayment('DigitalWallet');
  await journey.continue();
  await journey.expectTitle(review.title);
  await expectProgress(4);
  await page.goto('/en/onboarding/identity');
  await expectProgress(1);
});

test('behind a proxy that ends TLS, the response to a step carries the next page', { tag: '@all' }, async ({
  page,
  journey,
}) => {
  let bytes = 0;
  await page.route('**/onboarding/payment', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback();
    const headers = { ...(await route.request().allHeaders()), 'x-forwarded-proto': 'https' };
    const response = await route.fetch({ headers });
    bytes = (await response.body()).length;
    return route.fulfill({ response });
  });
  await journey.start('en');
  await journey.goToReviewWithWallet(createPhone());
  expect(bytes).toBeGreaterThan(1_000);
});
