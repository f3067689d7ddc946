import { createPhone, expect, test } from '../../support/fixtures.ts';
import { autofill } from '../../support/pages/autofill.ts';
import { vgs } from '../../support/stand-in-controls.ts';
import { getRun } from '../../support/test-run.ts';

const CARD = { number: '4111111111111111', expiry: '1128', code: '123' };
const SCRIPT_PATTERN = '**/vgs-collect.js*';

test('the card page is a document of its own: no card input of ours, no script and no request of Google’s', async ({
  page,
  journey,
}) => {
  await journey.start('en');
  await journey.goToAddress(createPhone());
  await journey.pickAddress('Calle Dos 296');
  expect(await page.evaluate(() => 'google' in window)).toBe(true);
  await journey.continue();
  await journey.choosePayment('Card');
  const requests: { url: string; isPage: boolean }[] = [];
  page.on('request', (request) => {
    const isPage = request.isNavigationRequest() && request.frame() === page.mainFrame();
    requests.push({ url: request.url(), isPage });
  });
  await journey.continue();
  const { number, expirationDate, securityCode } = journey.messages.steps.card;
  for (const label of [number, expirationDate, securityCode])
    await expect(journey.getHostedField(label, label)).toBeVisible();
  await journey.fillCard(CARD);

  const cardPageIndex = requests.findIndex(({ url, isPage }) => isPage && url.endsWith('/en/onboarding/card'));
  expect(cardPageIndex, 'a full load of the card page').toBeGreaterThanOrEqual(0);
  const { app, vgs: vault } = getRun().origins;
  const hosts = new Set(requests.slice(cardPageIndex).map(({ url }) => new URL(url).origin));
  expect([...hosts].sort()).toEqual([app, vault].sort());

  expect(await page.evaluate(() => 'google' in window)).toBe(false);
  const ownFields = await page
    .locator('input:not([type=hidden]), select, textarea, [contenteditable]')
    .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).name));
  expect([...new Set(ownFields)]).toEqual([
    'addCardParams.cardtype',
    'addCardParams.nameOnCard',
    'addCardParams.country',
  ]);
  const scripts = await page
    .locator('script[src]')
    .evaluateAll((elements) => elements.map((script) => new URL((script as HTMLScriptElement).src).pathname));
  expect(scripts.filter((path) => !path.startsWith('/_next/static/'))).toEqual(['/vgs-collect/4.0.1/vgs-collect.js']);
});

test('a network that the vendor does not know is refused before the vault is asked', { tag: '@all' }, async ({
  page,
  journey,
}) => {
  await vgs.reset('0018');
  await journey.start('en');
  await journey.goToCard(createPhone());
  await journey.fillCard({ ...CARD, number: '6362970000450018' });
  await journey.continue();
  await journey.expectErrors([journey.messages.errors.card.network]);
  expect(await vgs.getRequests('0018')).toEqual([]);
  await page.getByRole('link', { name: journey.messages.errors.card.network }).click();
  const { number } = journey.messages.steps.card;
  await expect(journey.getHostedField(number, number)).toBeFocused();
});

test('a card that the browser knows is filled into all three frames by one pick, and goes through', {
  tag: '@all',
}, async ({ page, journey }) => {
  await journey.start('en');
  await journey.goToCard(createPhone());
  const { number, expirationDate, securityCode } = journey.messages.steps.card;
  for (const label of [number, expirationDate, securityCode])
    await expect(journey.getHostedField(label, label)).toBeVisible();
  await page.getByRole('radio', { name: 'Credit' }).check();
  await journey.getHostedField(number, number).click();

  const card = { number: CARD.number, name: 'Ana Ruiz', expiryMonth: '11', expiryYear: '2028', cvc: CARD.code };
  await autofill(page, { card }, page.locator(`iframe[title="${number}"]`));

  await expect(journey.getHostedField(number, number)).toHaveValue('4111 1111 1111 1111');
  await expect(journey.getHostedField(expirationDate, expirationDate)).toHaveValue('11 / 28');
  await expect(journey.getHostedField(securityCode, securityCode)).toHaveValue('123');
  await journey.continue();
  await journey.expectTitle(journey.messages.review.title);
  await expect(page.getByText('Visa ending in 1111')).toBeVisible();
});

test('a card that is still good need not be typed again', { tag: '@all' }, async ({ page, journey }) => {
  const { saved, ending, keep } = journey.messages.steps.card;
  await journey.start('en');
  await journey.goToCard(createPhone());
  await journey.fillCard(CARD);
  await journey.continue();
  await journey.expectTitle(journey.messages.review.title);
  await page.getByRole('link', { name: 'Change Payment' }).click();
  await journey.expectTitle(journey.messages.steps.payment.title);
  await journey.continue();
  const card = ending.replace('{network}', 'Visa').replace('{last4}', '1111');
  await expect(page.getByText(saved.replace('{card}', card))).toBeVisible();
  await page.getByRole('link', { name: keep }).click();
  await journey.expectTitle(journey.messages.review.title);
  await journey.submit();
  await journey.expectLink();
});

test('brand and last four are shown, and a label’s click goes into its frame', { tag: '@all' }, async ({
  page,
  journey,
}) => {
  await journey.start('en');
  await journey.goToCard(createPhone());
  const { number, securityCode } = journey.messages.steps.card;
  for (const label of [number, securityCode]) await expect(journey.getHostedField(label, label)).toBeVisible();
  await page.getByText(securityCode, { exact: true }).click();
  await expect(journey.getHostedField(securityCode, securityCode)).toBeFocused();
  await page.getByText(number, { exact: true }).click();
  await expect(journey.getHostedField(number, number)).toBeFocused();
  await journey.getHostedField(number, number).pressSequentially('5555555555554444');
  await expect(page.getByText('MasterCard ending in 4444')).toBeVisible();
});

test('the way with the keyboard alone goes through the frames and sends', async ({ page, journey }) => {
  await journey.start('en');
  await journey.goToCard(createPhone());
  const { number, expirationDate, securityCode } = journey.messages.steps.card;
  for (const label of [number, expirationDate, securityCode])
    await expect(journey.getHostedField(label, label)).toBeVisible();
  await page.getByRole('radio', { name: 'Debit' }).focus();
  await page.keyboard.press('Space');
  for (const [label, text] of [
    [number, CARD.number],
    [expirationDate, CARD.expiry],
    [securityCode, CARD.code],
  ] as const) {
    await page.keyboard.press('Tab');
    await expect(journey.getHostedField(label, label)).toBeFocused();
    // Through the element: keys sent to the page reach a frame of another process a moment late.
    await journey.getHostedField(label, label).pressSequentially(text);
  }
  await page.keyboard.press('Tab');
  const name = page.locator('[name="addCardParams.nameOnCard"]');
  await expect(name).toBeFocused();
  await name.press('Enter');
  await journey.expectTitle(journey.messages.review.title);
  await expect(page.getByText('Visa ending in 1111')).toBeVisible();
});

test.describe('when the vault’s script does not come', () => {
  test.use({ expectConsole: [/Failed to load resource|ERR_FAILED/] });

  test('there is a clear error, a retry that works, and never a card input of ours', async ({ page, journey }) => {
    await page.route(SCRIPT_PATTERN, (route) => route.abort());
    await journey.start('es');
    await journey.goToCard(createPhone());
    const { failed, retry, other: otherMessage, number } = journey.messages.steps.card;
    await expect(page.getByRole('alert').filter({ hasText: failed })).toBeVisible();
    await expect(page.locator('input:visible')).toHaveCount(0);
    await expect(page.getByRole('link', { name: otherMessage })).toBeVisible();
    await page.getByRole('button', { name: retry }).click();
    await expect(page.getByRole('alert').filter({ hasText: failed })).toBeVisible();
    await page.unroute(SCRIPT_PATTERN);
    await page.getByRole('button', { name: retry }).click();
    await expect(journey.getHostedField(number, number)).toBeVisible();
  });
});

test('a vault’s script that hung is asked for anew', { tag: '@all' }, async ({ page, journey }) => {
  await page.clock.install();
  await page.route(SCRIPT_PATTERN, () => {});
  await journey.start('es');
  const { failed, retry, number } = journey.messages.steps.card;
  const scriptRequest = page.waitForRequest(SCRIPT_PATTERN);
  await journey.goToCard(createPhone());
  await scriptRequest;
  await page.clock.fastForward(15_000);
  await expect(page.getByRole('alert').filter({ hasText: failed })).toBeVisible();
  await page.unroute(SCRIPT_PATTERN);
  await page.clock.resume();
  await page.getByRole('button', { name: retry }).click();
  await expect(journey.getHostedField(number, number)).toBeVisible();
});

test.describe('when the vault answers badly', () => {
  test.use({ expectConsole: [/Failed to load resource/] });

  const cases = [
    ['a refusal', { status: 422, body: {} }, 'refused'],
    ['too many requests', { status: 429, body: {} }, 'busy'],
    ['its own failure', { status: 500, body: {} }, 'busy'],
    ['a wrong route', { status: 404, body: {} }, 'fault'],
    ['a key that is not taken', { status: 401, body: {} }, 'fault'],
    [
      'a route that sends the card back as it is',
      { status: 200, body: { json: { CardNumber: '4622943127013705', Cvv: '838', ExpirationDate: '11 / 28' } } },
      'fault',
    ],
    [
      'an alias of another form',
      { status: 200, body: { json: { CardNumber: '9999943127011113', Cvv: '777', ExpirationDate: '11 / 28' } } },
      'fault',
    ],
    ['an answer that is no JSON', { status: 200, body: 'busy' }, 'fault'],
  ] as const;
  // One card number per case: the stand-in's answers are filed under its last four.
  const numbers = [
    '4622943127013713',
    '4622943127013721',
    '4622943127013739',
    '4622943127013747',
    '2222630000001125',
    '4622943127013705',
    '2222420000001113',
    '4242424242424242',
  ];
  for (const [index, [label, answer, key]] of cases.entries()) {
    test(`${label} is told at the card, nothing is forwarded, and a second try works`, {
      tag: label === 'a route that sends the card back as it is' ? [] : '@all',
    }, async ({ journey }) => {
      const number = numbers[index] ?? '';
      const last4 = number.slice(-4);
      await vgs.setNextAnswer(last4, answer);
      await journey.start('en');
      await journey.goToCard(createPhone());
      await journey.fillCard({ ...CARD, number });
      await journey.continue();
      await journey.expectErrors([journey.messages.errors.card[key]]);
      await journey.continue();
      await journey.expectTitle(journey.messages.review.title);
      const calls = await vgs.getRequests(last4);
      expect(calls.map(({ body }) => JSON.parse(body).sort())).toEqual(
        calls.map(() => ['CardNumber', 'Cvv', 'ExpirationDate']),
      );
    });
  }
});

test.describe('when the vault cannot be reached', () => {
  test.use({ expectConsole: [/ERR_FAILED/] });

  test('the fields keep their values and a second try works', { tag: '@all' }, async ({ page, journey }) => {
    await page.route('**/post?*', (route) => route.abort());
    await journey.start('en');
    await journey.goToCard(createPhone());
    await journey.fillCard({ ...CARD, number: '4622943127013747' });
    await journey.continue();
    await journey.expectErrors([journey.messages.errors.card.busy]);
    await page.unroute('**/post?*');
    await journey.continue();
    await journey.expectTitle(journey.messages.review.title);
  });

  test('fields that do not come are given up after ten seconds, and come with another try', { tag: '@all' }, async ({
    page,
    journey,
  }) => {
    const { failed, retry, number } = journey.messages.steps.card;
    await page.clock.install();
    await page.route('**/field.html', (route) => route.abort());
    await journey.start('en');
    await journey.goToCard(createPhone());
    await expect(page.locator('iframe')).toHaveCount(3);
    await page.clock.fastForward(10_000);
    await expect(page.getByRole('alert').filter({ hasText: failed })).toBeVisible();
    await page.unroute('**/field.html');
    await page.getByRole('button', { name: retry }).click();
    await expect(journey.getHostedField(number, number)).toBeVisible();
  });
});

test('a slow vault: the wait is told and another way is offered, and then the fields open', { tag: '@all' }, async ({
  page,
  journey,
}) => {
  const { loading, slow, other: otherMessage, number } = journey.messages.steps.card;
  await page.clock.install();
  const release = Promise.withResolvers<void>();
  await page.route(SCRIPT_PATTERN, async (route) => {
    await release.promise;
    await route.continue();
  });
  await journey.start('en');
  await journey.goToCard(createPhone());
  await expect(page.getByText(loading)).toHaveCount(4); // in each box, and once for screen readers
  await page.clock.fastForward(5_000);
  await expect(page.getByText(slow)).toBeVisible();
  await expect(page.getByRole('link', { name: otherMessage })).toBeVisible();
  release.resolve();
  await expect(journey.getHostedField(number, number)).toBeVisible();
  await expect(page.getByText(slow)).toBeHidden();
});

test('an alias that does not come in half a minute is given up, and the next one is taken', { tag: '@all' }, async ({
  page,
  journey,
}) => {
  await page.clock.install();
  await journey.start('en');
  await journey.goToCard(createPhone());
  await journey.fillCard(CARD);
  const vaultRequest = page.waitForRequest('**/post?*');
  await page.route('**/post?*', () => {});
  await journey.continue();
  await vaultRequest;
  await page.clock.fastForward(30_000);
  await journey.expectErrors([journey.messages.errors.card.busy]);
  await page.unroute('**/post?*');
  await journey.continue();
  await journey.expectTitle(journey.messages.review.title);
});

test('a double click makes one alias', { tag: '@all' }, async ({ page, journey }) => {
  await vgs.reset('5100');
  await journey.start('en');
  await journey.goToCard(createPhone());
  await journey.fillCard({ ...CARD, number: '5105105105105100' });
  await page.getByRole('button', { name: journey.messages.form.continue }).dblclick();
  await journey.expectTitle(journey.messages.review.title);
  expect(await vgs.getRequests('5100')).toHaveLength(1);
});
