import { generateKeyPairSync } from 'node:crypto';
import type { Locator, Page } from '@playwright/test';
import { createPhone, expect, test } from '../../support/fixtures.ts';
import { messages } from '../../support/pages/journey-page.ts';
import { SENT_ADDRESS } from '../../support/pages/test-address.ts';
import { raas } from '../../support/stand-in-controls.ts';
import { getRun } from '../../support/test-run.ts';

const getPartnerOrigin = () => getRun().origins['partner'] ?? '';
const createAnswers = (phoneNumber: string) => ({
  firstName: 'Ana',
  lastName: 'Ruiz',
  dob: '1990-02-01',
  phoneNumber,
  ...SENT_ADDRESS,
});
type LinkContent = { answers: object; locked?: string[]; confirm?: string[]; lang?: string };

async function createToken(content: LinkContent, changes?: object, signKey?: string): Promise<string> {
  const answer = await fetch(`${getPartnerOrigin()}/token`, {
    method: 'POST',
    body: JSON.stringify({ content, changes, signKey }),
  });
  return answer.text();
}

const openByMethod = {
  fragment: (page: Page, token: string) => page.goto(`/partner#${token}`),
  post: async (page: Page, token: string) => {
    await page.goto(`${getPartnerOrigin()}/post?token=${token}`);
    await page.getByRole('button').click();
  },
};

/** The notice that the partner sent what is below. */
const NOTICE = /these details\. Check that they are right/;

for (const method of ['fragment', 'post'] as const) {
  test(`with nothing missing, one page and one button, by ${method}`, async ({ page, journey }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    const phone = createPhone();
    await openByMethod[method](
      page,
      await createToken({ answers: { ...createAnswers(phone), paymentMethodType: 'DigitalWallet' }, lang: 'en' }),
    );
    await journey.expectTitle(messages.en.review.title);
    await expect(page.getByRole('button', { name: messages.en.review.submit })).toBeInViewport({ ratio: 1 });
    await expect(page.getByText('Puente already had these details')).toBeVisible();
    expect(new URL(page.url()).hash).toBe('');
    await journey.submit();
    await journey.expectLink();
    const [call] = await raas.getSubmitRequests(phone);
    expect(JSON.parse(call?.body ?? '')).toEqual({
      ...createAnswers(phone.replace('+52', '+521')),
      lang: 'en',
      paymentMethodType: 'DigitalWallet',
    });
  });

  test(`a link works once, and again only where it was opened, by ${method}`, {
    tag: method === 'post' ? [] : '@all',
  }, async ({ page, journey, browser, baseURL }) => {
    const token = await createToken({ answers: { phoneNumber: createPhone() }, lang: 'en' });
    await openByMethod[method](page, token);
    await journey.expectTitle(messages.en.steps.identity.title);
    await openByMethod[method](page, token);
    await journey.expectTitle(messages.en.steps.identity.title);
    const strangerPage = await (await browser.newContext({ baseURL: baseURL ?? '', locale: 'es-MX' })).newPage();
    await openByMethod[method](strangerPage, token);
    await expect(strangerPage.getByRole('heading', { level: 1 })).toHaveText(messages.en.partner.refused.title);
    await strangerPage.getByRole('link', { name: messages.en.partner.refused.action }).click();
    await expect(strangerPage.getByRole('heading', { level: 1 })).toHaveText(messages.en.steps.identity.title);
    await expect(strangerPage.locator('[name=phoneNumber]')).toHaveValue('');
    await strangerPage.context().close();
  });
}

const HOUR = 3_600;
const getNowSeconds = () => Math.floor(Date.now() / 1_000);
const createStrangerKey = () =>
  generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
const BAD_TOKENS: Record<string, () => Promise<string>> = {
  nothing: async () => 'x',
  'a token with a changed character': async () => {
    const token = await createToken({ answers: { phoneNumber: '+525512345678' } });
    const index = token.length - 60;
    return token.slice(0, index) + (token[index] === 'A' ? 'B' : 'A') + token.slice(index + 1);
  },
  'an expired one': () => createToken({ answers: {} }, { iat: getNowSeconds() - 600, exp: getNowSeconds() - 60 }),
  'one that is old, whatever it says': () =>
    createToken({ answers: {} }, { iat: getNowSeconds() - HOUR, exp: getNowSeconds() + HOUR }),
  'one from the future': () =>
    createToken({ answers: {} }, { iat: getNowSeconds() + HOUR, exp: getNowSeconds() + 2 * HOUR }),
  'one for another front door': () => createToken({ answers: {} }, { aud: 'https://elsewhere.example' }),
  'one that a stranger signed': () => createToken({ answers: {} }, {}, createStrangerKey()),
  'one without an id': () => createToken({ answers: {} }, { jti: null }),
  'one that brings a card number': () => createToken({ answers: { addCardParams: { number: '4111111111111111' } } }),
  'one that says what nobody asked': () => createToken({ answers: { isAdmin: 'yes' } }),
};

/** `lib/partner-link/open-link.test.ts` has each of the others. */
const CORE_BAD_TOKENS = ['one that a stranger signed', 'one that brings a card number'];

for (const [name, createBadToken] of Object.entries(BAD_TOKENS)) {
  test(`${name} is refused, and the way in by hand is there`, {
    tag: CORE_BAD_TOKENS.includes(name) ? [] : '@all',
  }, async ({ page, journey }) => {
    await page.goto(`/partner#${await createBadToken()}`);
    await journey.expectTitle(messages.en.partner.refused.title);
    await page.getByRole('link', { name: messages.en.partner.refused.action }).click();
    await journey.expectTitle(messages.en.steps.identity.title);
  });
}

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  test('a post needs one more press, and all of it works', async ({ page, journey }) => {
    const phone = createPhone();
    await openByMethod.post(
      page,
      await createToken({ answers: { ...createAnswers(phone), paymentMethodType: 'UBN' }, lang: 'en' }),
    );
    await page.getByRole('button', { name: messages.en.partner.carrier.action }).click();
    await journey.expectTitle(messages.en.steps.payment.title);
    await page.locator('[name="ubnParams.number"]').fill('002320275621938815');
    await journey.submit();
    await journey.expectLink();
    const [call] = await raas.getSubmitRequests(phone);
    expect(JSON.parse(call?.body ?? '').ubnParams).toEqual({
      number: '002320275621938815',
      country: 'MX',
      currency: 'MXN',
    });
  });

  test('a fragment that no script reads ends where one starts by hand', async ({ page, journey }) => {
    await page.goto(`/partner#${await createToken({ answers: {} })}`);
    await page.getByRole('button', { name: messages.en.partner.carrier.action }).click();
    await journey.expectTitle(messages.en.partner.refused.title);
  });
});

const ONE_MISSING: Record<string, { answers: (phone: string) => object; confirm?: string[]; asked: string[] }> = {
  'the birth date': {
    answers: (phone) => {
      const { dob: _dob, ...rest } = createAnswers(phone);
      return { ...rest, paymentMethodType: 'DigitalWallet' };
    },
    asked: ['dob.day', 'dob.month', 'dob.year'],
  },
  'the account number': {
    answers: (phone) => ({ ...createAnswers(phone), paymentMethodType: 'UBN' }),
    asked: ['paymentMethodType', 'ubnParams.number'],
  },
  'the postal code': {
    answers: (phone) => {
      const { zipCode: _zipCode, ...rest } = createAnswers(phone);
      return { ...rest, paymentMethodType: 'DigitalWallet' };
    },
    asked: ['zipCode'],
  },
  'a street to confirm': {
    answers: (phone) => ({ ...createAnswers(phone), paymentMethodType: 'DigitalWallet' }),
    confirm: ['address1'],
    asked: ['address1'],
  },
  'the card': {
    answers: (phone) => ({ ...createAnswers(phone), paymentMethodType: 'Card' }),
    asked: ['addCardParams.cardtype', 'addCardParams.cardtype', 'addCardParams.nameOnCard', 'addCardParams.country'],
  },
};

for (const [name, { answers, confirm = [], asked }] of Object.entries(ONE_MISSING)) {
  test.describe('on a small phone', () => {
    test.use({ viewport: { width: 360, height: 740 } });

    test(`with one thing missing, ${name}, the page asks that alone, and its button is in the first screen`, {
      tag: '@all',
    }, async ({ page, journey }) => {
      const token = await createToken({ answers: answers(createPhone()), confirm, lang: 'es' });
      await openByMethod.fragment(page, token);
      journey.lang = 'es';
      const controls = page.locator('main form :is(input, select)[name]:not([type=hidden]):visible');
      await expect
        .poll(() => controls.evaluateAll((all) => all.map((control) => control.getAttribute('name'))))
        .toEqual(asked);
      await expect(page.getByRole('button', { name: messages.es.review.submit })).toBeInViewport({ ratio: 1 });
      // The other answers open with one press, in their places.
      if (await page.locator('.known-fold').count()) {
        await page.getByText(messages.es.partner.change).click();
        expect(await controls.count()).toBeGreaterThan(asked.length);
      }
    });
  });
}

test('what is locked cannot be changed, by hand or by post; what is not can', async ({
  page,
  journey,
  context,
  baseURL,
}) => {
  const phone = createPhone();
  const { dob: _missing, ...knownAnswers } = createAnswers(phone);
  await openByMethod.fragment(
    page,
    await createToken({
      answers: { ...knownAnswers, paymentMethodType: 'DigitalWallet' },
      locked: ['firstName', 'phoneNumber'],
      lang: 'en',
    }),
  );
  await journey.expectTitle(messages.en.steps.identity.title);
  await page.getByText(messages.en.partner.change).click();
  await expect(page.getByText('Only Puente can change details with a lock')).toBeVisible();
  for (const name of ['firstName', 'phoneNumber']) {
    const field = page.locator(`[name=${name}]`);
    expect(await field.evaluate((input: HTMLInputElement) => input.readOnly)).toBe(true);
    // The padlock.
    await expect(field).toHaveCSS('background-image', /^url\("data:image\/svg/);
  }
  await page.locator('[name=firstName]').evaluate((input: HTMLInputElement) => {
    input.readOnly = false;
    input.value = 'Mallory';
  });
  await page.locator('[name=lastName]').fill('Ruiz Peña');
  await journey.getTextbox(messages.en.steps.identity.day).fill('1');
  await journey.getTextbox(messages.en.steps.identity.month).fill('2');
  await journey.getTextbox(messages.en.steps.identity.year).fill('1990');
  await journey.submit();
  await journey.expectLink();
  const [call] = await raas.getSubmitRequests(phone);
  expect(JSON.parse(call?.body ?? '')).toMatchObject({ firstName: 'Ana', lastName: 'Ruiz Peña', dob: '1990-02-01' });
  expect(await context.cookies(baseURL)).toHaveLength(1);
});

test('what the partner sent is shown as people write it, and no notice is above empty fields', {
  tag: '@all',
}, async ({ page, journey }) => {
  const phone = createPhone();
  const fold = page.locator('.known-fold');
  await openByMethod.fragment(page, await createToken({ answers: { phoneNumber: phone }, lang: 'en' }));
  await journey.expectTitle(messages.en.steps.identity.title);
  await expect(page.getByText(NOTICE)).toHaveCount(0);
  await expect(fold).toContainText(/\+52 55 \d{4} \d{4}/);

  await page.context().clearCookies();
  const { zipCode: _zipCode, ...answers } = { ...createAnswers(phone), state: 'MX-CMX' };
  await openByMethod.fragment(page, await createToken({ answers, lang: 'en' }));
  await journey.expectTitle(messages.en.steps.address.title);
  await expect(fold).toContainText('Ciudad de México');
  await expect(fold).not.toContainText('MX-CMX');
  await page.getByText(messages.en.partner.change).click();
  await expect(page.locator('[name=state] option:checked')).toHaveText('Ciudad de México');
});

test('a locked answer that the upstream does not accept can be mended', { tag: '@all' }, async ({ page, journey }) => {
  const phone = createPhone();
  const fixedPhone = createPhone();
  await openByMethod.fragment(
    page,
    await createToken({
      answers: { ...createAnswers(phone), paymentMethodType: 'DigitalWallet' },
      locked: ['phoneNumber', 'dob'],
      lang: 'en',
    }),
  );
  await raas.setNextAnswer(phone, { status: 400, body: { code: 'INVALID_PHONE_NUMBER', reason: 'x' } });
  await journey.expectTitle(messages.en.review.title);
  await journey.submit();
  await journey.expectErrors([messages.en.errors.phoneNumber.refused]);
  await page.locator('[name=phoneNumber]').fill(fixedPhone);
  await journey.continue();
  await journey.expectTitle(messages.en.review.title);
  await journey.submit();
  await journey.expectLink();
  expect(await raas.getSubmitRequests(fixedPhone)).toHaveLength(1);
});

test('a locked answer that is no good is asked after all', { tag: '@all' }, async ({ page, journey }) => {
  await openByMethod.fragment(
    page,
    await createToken({
      answers: { firstName: 'Ana', phoneNumber: '123' },
      locked: ['firstName', 'phoneNumber'],
      lang: 'en',
    }),
  );
  await journey.expectTitle(messages.en.steps.identity.title);
  await expect(page.locator('[name=phoneNumber]')).toHaveValue('123');
  await page.locator('[name=phoneNumber]').fill(createPhone());
});

test('what has to be confirmed is shown in its boxes before anything is sent', { tag: '@all' }, async ({
  page,
  journey,
}) => {
  const phone = createPhone();
  await openByMethod.fragment(
    page,
    await createToken({
      answers: { ...createAnswers(phone), paymentMethodType: 'DigitalWallet' },
      confirm: ['zipCode'],
      lang: 'en',
    }),
  );
  await journey.expectTitle(messages.en.steps.address.title);
  await expect(page.locator('[name=zipCode]')).toHaveValue('03800');
  expect(await raas.getSubmitRequests(phone)).toEqual([]);
  await journey.submit();
  await journey.expectLink();
});

test('a second link for the same person keeps what they had told, one for another person asks first', {
  tag: '@all',
}, async ({ page, journey }) => {
  const w = messages.en.partner.replace;
  const phone = createPhone();
  await journey.start('en');
  await journey.goToPayment(phone);
  await openByMethod.fragment(
    page,
    await createToken({ answers: { phoneNumber: phone, lastName: 'López' }, lang: 'en' }),
  );
  await journey.expectTitle(messages.en.steps.payment.title);
  await page.goto('/en/onboarding/identity');
  await expect(page.locator('[name=lastName]')).toHaveValue('López');
  await expect(page.locator('[name=firstName]')).toHaveValue('Ana');
  // Whatever way it came: the draft stays until the customer says so, and the link waits for the answer.
  const token = await createToken({ answers: { phoneNumber: createPhone() }, lang: 'en' });
  for (const open of Object.values(openByMethod)) {
    await open(page, token);
    await journey.expectTitle(w.title);
    expect(page.url()).not.toContain(token.slice(0, 20));
    await page.getByRole('button', { name: w.keep }).click();
    await journey.expectTitle(messages.en.steps.payment.title);
  }
  await openByMethod.post(page, token);
  await page.getByRole('button', { name: w.start }).click();
  await journey.expectTitle(messages.en.steps.identity.title);
  await expect(page.locator('[name=firstName]')).toHaveValue('');
});

test('while the details are on their way, a new link leads to what becomes of them', { tag: '@all' }, async ({
  page,
  journey,
}) => {
  const phone = createPhone();
  const answers = { ...createAnswers(phone), paymentMethodType: 'DigitalWallet' };
  await openByMethod.fragment(page, await createToken({ answers, lang: 'en' }));
  await journey.expectTitle(messages.en.review.title);
  await raas.setNextAnswer(phone, { reset: true });
  await journey.submit();
  await journey.expectTitle(messages.en.outcome.checking.title);
  await openByMethod.fragment(page, await createToken({ answers, lang: 'en' }));
  await journey.expectTitle(messages.en.outcome.checking.title);
  expect(await raas.getSubmitRequests(phone)).toHaveLength(1);
});

test('with the card missing, one page asks it, shows the rest and sends all of it', async ({ page, journey }) => {
  const phone = createPhone();
  await openByMethod.fragment(
    page,
    await createToken({ answers: { ...createAnswers(phone), paymentMethodType: 'Card' }, lang: 'en' }),
  );
  await journey.expectTitle(messages.en.steps.card.title);
  await expect(page.getByText(/Calle Dos 10/)).toBeVisible();
  // The notice is above what the partner sent and below the empty card.
  const getTop = async (element: Locator) => (await element.boundingBox())?.y ?? 0;
  expect(await getTop(page.getByText(NOTICE))).toBeGreaterThan(
    await getTop(page.locator('[name="addCardParams.nameOnCard"]')),
  );
  await journey.submit();
  await expect(page.getByRole('alert').getByRole('link')).toHaveCount(4);
  await journey.fillCard({ number: '4111111111111111', expiry: '1128', code: '123' });
  await journey.submit();
  await journey.expectLink();
  const [call, ...otherCalls] = await raas.getSubmitRequests(phone);
  expect(otherCalls).toEqual([]);
  expect(JSON.parse(call?.body ?? '').addCardParams).toMatchObject({ nameOnCard: 'Ana Ruiz', cardNetwork: 'Visa' });
});
