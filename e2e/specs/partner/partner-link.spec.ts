import { generateKeyPairSync } from 'node:crypto';
import type { Page } from '@playwright/test';
import { expect, freshPhone, test } from '../../support/fixtures.ts';
import { words } from '../../support/pages/journey-page.ts';
import { runOf } from '../../support/run.ts';
import { raas } from '../../support/sandbox-control.ts';

const partner = () => runOf().origins['partner'] ?? '';
const ADDRESS = {
  ...{ address1: 'Calle Dos 10', zipCode: '03800', city: 'San Pedro de los Pinos', state: 'CDMX', countryCode: 'MX' },
};
const person = (phoneNumber: string) => ({
  ...{ firstName: 'Ana', lastName: 'Ruiz', dob: '1990-02-01', phoneNumber, ...ADDRESS },
});
type Content = { answers: object; locked?: string[]; confirm?: string[]; lang?: string };

async function tokenFor(content: Content, changes?: object, signKey?: string): Promise<string> {
  const answer = await fetch(`${partner()}/token`, {
    method: 'POST',
    body: JSON.stringify({ content, changes, signKey }),
  });
  return answer.text();
}

const openBy = {
  fragment: (page: Page, token: string) => page.goto(`/partner#${token}`),
  post: async (page: Page, token: string) => {
    await page.goto(`${partner()}/post?token=${token}`);
    await page.getByRole('button').click();
  },
};

for (const way of ['fragment', 'post'] as const) {
  test(`with nothing missing, one page and one button, by ${way}`, async ({ page, journey }) => {
    const phone = freshPhone();
    await openBy[way](
      page,
      await tokenFor({ answers: { ...person(phone), paymentMethodType: 'DigitalWallet' }, lang: 'en' }),
    );
    await journey.expectTitle(words.en.review.title);
    await expect(page.getByText('Puente sent us these details')).toBeVisible();
    expect(new URL(page.url()).hash).toBe('');
    await journey.submit();
    await journey.expectLink();
    const [call] = await raas.received(phone);
    expect(JSON.parse(call?.body ?? '')).toEqual({
      ...person(phone.replace('+52', '+521')),
      ...{ lang: 'en', paymentMethodType: 'DigitalWallet' },
    });
  });

  test(`a link works once, and again only where it was opened, by ${way}`, async ({
    page,
    journey,
    browser,
    baseURL,
  }) => {
    const token = await tokenFor({ answers: { phoneNumber: freshPhone() }, lang: 'en' });
    await openBy[way](page, token);
    await journey.expectTitle(words.en.steps.identity.title);
    await openBy[way](page, token);
    await journey.expectTitle(words.en.steps.identity.title);
    const stranger = await (await browser.newContext({ baseURL: baseURL ?? '', locale: 'es-MX' })).newPage();
    await openBy[way](stranger, token);
    await expect(stranger.getByRole('heading', { level: 1 })).toHaveText(words.en.partner.refused.title);
    await stranger.getByRole('link', { name: words.en.partner.refused.action }).click();
    await expect(stranger.getByRole('heading', { level: 1 })).toHaveText(words.en.steps.identity.title);
    await expect(stranger.locator('[name=phoneNumber]')).toHaveValue('');
    await stranger.context().close();
  });
}

const HOUR = 3_600;
const now = () => Math.floor(Date.now() / 1_000);
const strangersKey = () =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const BAD: Record<string, () => Promise<string>> = {
  nothing: async () => 'x',
  'a token with a changed character': async () => {
    const token = await tokenFor({ answers: { phoneNumber: '+525512345678' } });
    const at = token.length - 60;
    return token.slice(0, at) + (token[at] === 'A' ? 'B' : 'A') + token.slice(at + 1);
  },
  'an expired one': () => tokenFor({ answers: {} }, { iat: now() - 600, exp: now() - 60 }),
  'one that is old, whatever it says': () => tokenFor({ answers: {} }, { iat: now() - HOUR, exp: now() + HOUR }),
  'one from the future': () => tokenFor({ answers: {} }, { iat: now() + HOUR, exp: now() + 2 * HOUR }),
  'one for another front door': () => tokenFor({ answers: {} }, { aud: 'https://elsewhere.example' }),
  'one that a stranger signed': () => tokenFor({ answers: {} }, {}, strangersKey()),
  'one without an id': () => tokenFor({ answers: {} }, { jti: null }),
  'one that brings a card number': () => tokenFor({ answers: { addCardParams: { number: '4111111111111111' } } }),
  'one that says what nobody asked': () => tokenFor({ answers: { isAdmin: 'yes' } }),
};

for (const [name, make] of Object.entries(BAD)) {
  test(`${name} is refused, and the way in by hand is there`, async ({ page, journey }) => {
    await page.goto(`/partner#${await make()}`);
    await journey.expectTitle(words.en.partner.refused.title);
    await page.getByRole('link', { name: words.en.partner.refused.action }).click();
    await journey.expectTitle(words.en.steps.identity.title);
  });
}

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('a post needs one more press, and all of it works', async ({ page, journey }) => {
    const phone = freshPhone();
    await openBy.post(page, await tokenFor({ answers: { ...person(phone), paymentMethodType: 'UBN' }, lang: 'en' }));
    await page.getByRole('button', { name: words.en.partner.carrier.action }).click();
    await journey.expectTitle(words.en.steps.payment.title);
    await page.locator('[name="ubnParams.number"]').fill('002320275621938815');
    await journey.submit();
    await journey.expectLink();
    const [call] = await raas.received(phone);
    expect(JSON.parse(call?.body ?? '').ubnParams).toEqual({
      ...{ number: '002320275621938815', country: 'MX', currency: 'MXN' },
    });
  });

  test('a fragment that no script reads ends where one starts by hand', async ({ page, journey }) => {
    await page.goto(`/partner#${await tokenFor({ answers: {} })}`);
    await page.getByRole('button', { name: words.en.partner.carrier.action }).click();
    await journey.expectTitle(words.en.partner.refused.title);
  });
});

test('what is locked cannot be changed, by hand or by post; what is not can', async ({
  page,
  journey,
  context,
  baseURL,
}) => {
  const phone = freshPhone();
  const { dob: _missing, ...known } = person(phone);
  await openBy.fragment(
    page,
    await tokenFor({
      answers: { ...known, paymentMethodType: 'DigitalWallet' },
      locked: ['firstName', 'phoneNumber'],
      lang: 'en',
    }),
  );
  await journey.expectTitle(words.en.steps.identity.title);
  await expect(page.getByText('Only Puente can change those in grey')).toBeVisible();
  for (const name of ['firstName', 'phoneNumber'])
    expect(await page.locator(`[name=${name}]`).evaluate((input: HTMLInputElement) => input.readOnly)).toBe(true);
  await page.locator('[name=firstName]').evaluate((input: HTMLInputElement) => {
    input.readOnly = false;
    input.value = 'Mallory';
  });
  await page.locator('[name=lastName]').fill('Ruiz Peña');
  await journey.box(words.en.steps.identity.day).fill('1');
  await journey.box(words.en.steps.identity.month).fill('2');
  await journey.box(words.en.steps.identity.year).fill('1990');
  await journey.submit();
  await journey.expectLink();
  const [call] = await raas.received(phone);
  expect(JSON.parse(call?.body ?? '')).toMatchObject({ firstName: 'Ana', lastName: 'Ruiz Peña', dob: '1990-02-01' });
  expect(await context.cookies(baseURL)).toHaveLength(1);
});

test('a locked answer that the upstream does not accept can be mended', async ({ page, journey }) => {
  const phone = freshPhone();
  const mended = freshPhone();
  await openBy.fragment(
    page,
    await tokenFor({
      answers: { ...person(phone), paymentMethodType: 'DigitalWallet' },
      locked: ['phoneNumber', 'dob'],
      lang: 'en',
    }),
  );
  await raas.next(phone, { status: 400, body: { code: 'INVALID_PHONE_NUMBER', reason: 'x' } });
  await journey.expectTitle(words.en.review.title);
  await journey.submit();
  await journey.expectErrors([words.en.errors.phoneNumber.refused]);
  await page.locator('[name=phoneNumber]').fill(mended);
  await journey.continue();
  await journey.expectTitle(words.en.review.title);
  await journey.submit();
  await journey.expectLink();
  expect(await raas.received(mended)).toHaveLength(1);
});

test('a locked answer that is no good is asked after all', async ({ page, journey }) => {
  await openBy.fragment(
    page,
    await tokenFor({
      answers: { firstName: 'Ana', phoneNumber: '123' },
      locked: ['firstName', 'phoneNumber'],
      lang: 'en',
    }),
  );
  await journey.expectTitle(words.en.steps.identity.title);
  await expect(page.locator('[name=phoneNumber]')).toHaveValue('123');
  await page.locator('[name=phoneNumber]').fill(freshPhone());
});

test('what has to be confirmed is shown in its boxes before anything is sent', async ({ page, journey }) => {
  const phone = freshPhone();
  await openBy.fragment(
    page,
    await tokenFor({
      answers: { ...person(phone), paymentMethodType: 'DigitalWallet' },
      confirm: ['zipCode'],
      lang: 'en',
    }),
  );
  await journey.expectTitle(words.en.steps.address.title);
  await expect(page.locator('[name=zipCode]')).toHaveValue('03800');
  expect(await raas.received(phone)).toEqual([]);
  await journey.submit();
  await journey.expectLink();
});

test('a second link for the same person keeps what they had told, one for another person asks first', async ({
  page,
  journey,
}) => {
  const w = words.en.partner.replace;
  const phone = freshPhone();
  await journey.start('en');
  await journey.toPayment(phone);
  await openBy.fragment(page, await tokenFor({ answers: { phoneNumber: phone, lastName: 'López' }, lang: 'en' }));
  await journey.expectTitle(words.en.steps.payment.title);
  await page.goto('/en/onboarding/identity');
  await expect(page.locator('[name=lastName]')).toHaveValue('López');
  await expect(page.locator('[name=firstName]')).toHaveValue('Ana');
  // Whatever way it came: the draft stays until the customer says so, and the link waits for the answer.
  const token = await tokenFor({ answers: { phoneNumber: freshPhone() }, lang: 'en' });
  for (const open of Object.values(openBy)) {
    await open(page, token);
    await journey.expectTitle(w.title);
    expect(page.url()).not.toContain(token.slice(0, 20));
    await page.getByRole('button', { name: w.keep }).click();
    await journey.expectTitle(words.en.steps.payment.title);
  }
  await openBy.post(page, token);
  await page.getByRole('button', { name: w.start }).click();
  await journey.expectTitle(words.en.steps.identity.title);
  await expect(page.locator('[name=firstName]')).toHaveValue('');
});

test('while the details are on their way, a new link leads to what becomes of them', async ({ page, journey }) => {
  const phone = freshPhone();
  const answers = { ...person(phone), paymentMethodType: 'DigitalWallet' };
  await openBy.fragment(page, await tokenFor({ answers, lang: 'en' }));
  await journey.expectTitle(words.en.review.title);
  await raas.next(phone, { reset: true });
  await journey.submit();
  await journey.expectTitle(words.en.outcome.checking.title);
  await openBy.fragment(page, await tokenFor({ answers, lang: 'en' }));
  await journey.expectTitle(words.en.outcome.checking.title);
  expect(await raas.received(phone)).toHaveLength(1);
});

test('with the card missing, one page asks it, shows the rest and sends all of it', async ({ page, journey }) => {
  const phone = freshPhone();
  await openBy.fragment(page, await tokenFor({ answers: { ...person(phone), paymentMethodType: 'Card' }, lang: 'en' }));
  await journey.expectTitle(words.en.steps.card.title);
  await expect(page.getByText(/Calle Dos 10/)).toBeVisible();
  await journey.submit();
  await expect(page.getByRole('alert').getByRole('link')).toHaveCount(4);
  await journey.typeCard({ number: '4111111111111111', expiry: '1128', code: '123' });
  await journey.submit();
  await journey.expectLink();
  const [call, ...more] = await raas.received(phone);
  expect(more).toEqual([]);
  expect(JSON.parse(call?.body ?? '').addCardParams).toMatchObject({ nameOnCard: 'Ana Ruiz', cardNetwork: 'Visa' });
});
