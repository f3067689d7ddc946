import { vgs } from './control.ts';
import { expect, freshPhone, test } from './fixtures.ts';

const CARD = { number: '4111111111111111', expiry: '1128', code: '123' };
const SCRIPT = '**/vgs-collect.js';

test('our page holds no card input, and Google’s script is not alive beside the card', async ({ page, journey }) => {
  await journey.start('en');
  await journey.identity({ firstName: 'Ana', lastName: 'Ruiz', birth: ['1', '2', '1990'], phone: freshPhone() });
  await journey.continue();
  await journey.pickAddress('Calle Dos 296');
  expect(await page.evaluate(() => 'google' in window)).toBe(true);
  await journey.continue();
  await journey.choosePayment('Card');
  await journey.continue();
  const { number, expirationDate, securityCode } = journey.words.steps.card;
  for (const label of [number, expirationDate, securityCode]) await expect(journey.hosted(label, label)).toBeVisible();
  expect(await page.evaluate(() => 'google' in window)).toBe(false);
  const own = await page
    .locator('input:not([type=hidden]), select')
    .evaluateAll((inputs) => inputs.map((input) => (input as HTMLInputElement).name));
  expect([...new Set(own)]).toEqual(['addCardParams.cardtype', 'addCardParams.nameOnCard', 'addCardParams.country']);
  const scripts = await page
    .locator('script[src]')
    .evaluateAll((all) => all.map((script) => new URL((script as HTMLScriptElement).src).pathname));
  expect(scripts.filter((path) => !path.startsWith('/_next/static/'))).toEqual(['/vgs-collect/4.0.1/vgs-collect.js']);
});

test('brand and last four are shown, and a label’s click goes into its frame', async ({ page, journey }) => {
  await journey.start('en');
  await journey.toCard(freshPhone());
  const { number, securityCode } = journey.words.steps.card;
  await expect(journey.hosted(number, number)).toBeVisible();
  await page.getByText(securityCode, { exact: true }).click();
  await expect(journey.hosted(securityCode, securityCode)).toBeFocused();
  await page.getByText(number, { exact: true }).click();
  await expect(journey.hosted(number, number)).toBeFocused();
  await journey.hosted(number, number).pressSequentially('5555555555554444');
  await expect(page.getByText('MasterCard ending in 4444')).toBeVisible();
});

test('the way with the keyboard alone goes through the frames and sends', async ({ page, journey }) => {
  await journey.start('en');
  await journey.toCard(freshPhone());
  const { number, expirationDate, securityCode } = journey.words.steps.card;
  for (const label of [number, expirationDate, securityCode]) await expect(journey.hosted(label, label)).toBeVisible();
  await page.getByRole('radio', { name: 'Debit' }).focus();
  await page.keyboard.press('Space');
  for (const [label, text] of [
    [number, CARD.number],
    [expirationDate, CARD.expiry],
    [securityCode, CARD.code],
  ] as const) {
    await page.keyboard.press('Tab');
    await expect(journey.hosted(label, label)).toBeFocused();
    // Through the element: keys sent to the page reach a frame of another process a moment late.
    await journey.hosted(label, label).pressSequentially(text);
  }
  await page.keyboard.press('Tab');
  const name = page.locator('[name="addCardParams.nameOnCard"]');
  await expect(name).toBeFocused();
  await name.press('Enter');
  await journey.expectTitle(journey.words.review.title);
  await expect(page.getByText('Visa ending in 1111')).toBeVisible();
});

test.describe('when the vault’s script does not come', () => {
  test.use({ expectConsole: [/Failed to load resource|ERR_FAILED/] });

  test('there is a clear error, a retry that works, and never a card input of ours', async ({ page, journey }) => {
    await page.route(SCRIPT, (route) => route.abort());
    await journey.start('es');
    await journey.toCard(freshPhone());
    const { failed, retry, other, number } = journey.words.steps.card;
    await expect(page.getByRole('alert').filter({ hasText: failed })).toBeVisible();
    await expect(page.locator('input:visible')).toHaveCount(0);
    await expect(page.getByRole('link', { name: other })).toBeVisible();
    await page.getByRole('button', { name: retry }).click();
    await expect(page.getByRole('alert').filter({ hasText: failed })).toBeVisible();
    await page.unroute(SCRIPT);
    await page.getByRole('button', { name: retry }).click();
    await expect(journey.hosted(number, number)).toBeVisible();
  });
});

test.describe('when the vault answers badly', () => {
  test.use({ expectConsole: [/Failed to load resource/] });

  const cases = [
    ['a refusal', { status: 422, body: {} }, 'refused'],
    ['too many requests', { status: 429, body: {} }, 'busy'],
    ['its own failure', { status: 500, body: {} }, 'busy'],
    ['a wrong route', { status: 404, body: {} }, 'fault'],
    [
      'an alias of another form',
      { status: 200, body: { json: { CardNumber: '4622943127013705', Cvv: '838', ExpirationDate: '11 / 28' } } },
      'fault',
    ],
  ] as const;
  // One card number per case: the stand-in's answers are filed under its last four.
  const numbers = ['4622943127013713', '4622943127013721', '4622943127013739', '2222420000001113', '4622943127013705'];
  for (const [at, [what, answer, key]] of cases.entries()) {
    test(`${what} is told at the card, nothing is forwarded, and a second try works`, async ({ journey }) => {
      const number = numbers[at] ?? '';
      const last4 = number.slice(-4);
      await vgs.next(last4, answer);
      await journey.start('en');
      await journey.toCard(freshPhone());
      await journey.typeCard({ ...CARD, number });
      await journey.continue();
      await journey.expectErrors([journey.words.errors.card[key]]);
      await journey.continue();
      await journey.expectTitle(journey.words.review.title);
      const calls = await vgs.received(last4);
      expect(calls.map(({ body }) => JSON.parse(body).sort())).toEqual(
        calls.map(() => ['CardNumber', 'Cvv', 'ExpirationDate']),
      );
    });
  }
});

test.describe('when the vault cannot be reached', () => {
  test.use({ expectConsole: [/ERR_FAILED/] });

  test('the fields keep their values and a second try works', async ({ page, journey }) => {
    await page.route('**/post?*', (route) => route.abort());
    await journey.start('en');
    await journey.toCard(freshPhone());
    await journey.typeCard({ ...CARD, number: '4622943127013747' });
    await journey.continue();
    await journey.expectErrors([journey.words.errors.card.busy]);
    await page.unroute('**/post?*');
    await journey.continue();
    await journey.expectTitle(journey.words.review.title);
  });
});

test('a double click makes one alias', async ({ page, journey }) => {
  await vgs.reset('1125');
  await journey.start('en');
  await journey.toCard(freshPhone());
  await journey.typeCard({ ...CARD, number: '2222630000001125' });
  await page.getByRole('button', { name: journey.words.form.continue }).dblclick();
  await journey.expectTitle(journey.words.review.title);
  expect(await vgs.received('1125')).toHaveLength(1);
});
