import type { Page } from '@playwright/test';
import { expect, freshPhone, test } from '../../support/fixtures.ts';
import { autofill } from '../../support/pages/autofill.ts';
import { countEffort, type Effort } from '../../support/pages/effort.ts';
import { EXAMPLE } from '../../support/pages/example.ts';
import { drawn, type JourneyPage, words } from '../../support/pages/journey-page.ts';
import { runOf } from '../../support/run.ts';
import { raas } from '../../support/sandbox-control.ts';

// What the vendor's example person has to type and tap, against the table that the design set itself. A change that
// costs more than three in a hundred fails.

const TABLE = {
  wallet: { keys: 89, taps: 16 },
  account: { keys: 107, taps: 17 },
  card: { keys: 112, taps: 20 },
  'browser profile, card typed': { keys: 30, taps: 17 },
  'partner link, card missing': { keys: 23, taps: 5 },
  'partner link, account number missing': { keys: 18, taps: 2 },
  'partner link, nothing missing': { keys: 0, taps: 1 },
};
const ALLOWANCE = 1.03;

const { address, payment, card } = words.en.steps;
const CARD = { number: '4111111111111111', expiry: '1128', code: '123' };
const ACCOUNT = '002320275621938815';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

/** Compares with the table and tells both, for whoever reads the run. */
function expectWithin(name: keyof typeof TABLE, { keys, taps, focus, choices, buttons }: Effort): void {
  const limit = TABLE[name];
  const parts = `${focus} boxes, ${choices} choices, ${buttons} buttons`;
  console.log(`${name}: ${keys} keys of ${limit.keys}, ${taps} taps of ${limit.taps} (${parts})`);
  expect({ name, keys: keys <= limit.keys * ALLOWANCE, taps: taps <= limit.taps * ALLOWANCE }).toEqual({
    ...{ name, keys: true, taps: true },
  });
}

async function type(page: Page, name: string, text: string): Promise<void> {
  const box = page.locator(`[name="${name}"]`);
  await box.tap();
  await box.pressSequentially(text);
}

async function press(page: Page, name: string): Promise<void> {
  const button = page.getByRole('button', { name, exact: true });
  await drawn(button);
  await button.tap();
}

const choose = (page: Page, label: string) => page.locator('label').filter({ hasText: label }).first().tap();

/** The vendor's person as a person types it, with a phone of this test's own: as many keys. */
async function identify(page: Page, phone: string): Promise<void> {
  await type(page, 'firstName', EXAMPLE.firstName);
  await type(page, 'lastName', EXAMPLE.lastName);
  await typeBirth(page);
  await type(page, 'phoneNumber', phone.slice('+52'.length));
  await type(page, 'email', emailOf(phone));
}

/** As long as the example's, and nobody else's. */
const emailOf = (phone: string) => `a${phone.slice(-9)}@leapfinancial.com`.padStart(EXAMPLE.email.length, 'x');

async function typeBirth(page: Page): Promise<void> {
  await type(page, 'dob.day', '24');
  await type(page, 'dob.month', '6');
  await type(page, 'dob.year', '1987');
}

async function findAddress(page: Page): Promise<void> {
  await page.getByLabel(address.search).first().tap();
  await page.getByRole('combobox', { name: address.search }).pressSequentially('Calle Dos 296');
  await page.getByRole('option').first().tap();
  await expect(page.locator('[name=placeDetail]')).toHaveValue(/^\{/);
}

async function typeCard(page: Page, journey: JourneyPage): Promise<void> {
  await choose(page, card.types.DebitCard);
  for (const [label, text] of [
    [card.number, CARD.number],
    [card.expirationDate, CARD.expiry],
    [card.securityCode, CARD.code],
  ] as const) {
    await journey.hosted(label, label).tap();
    await journey.hosted(label, label).pressSequentially(text);
  }
}

async function finish(page: Page, journey: JourneyPage, phone: string): Promise<void> {
  await press(page, words.en.review.submit);
  await journey.expectLink();
  expect(await raas.received(phone)).toHaveLength(1);
}

async function openLink(page: Page, phone: string, paymentMethodType: string): Promise<void> {
  const answers = {
    ...{ firstName: EXAMPLE.firstName, lastName: EXAMPLE.lastName, dob: EXAMPLE.dob, phoneNumber: phone },
    ...{ email: emailOf(phone), address1: EXAMPLE.address1, city: EXAMPLE.city, address3: EXAMPLE.address3 },
    ...{ state: EXAMPLE.state, zipCode: EXAMPLE.zipCode, countryCode: EXAMPLE.countryCode, paymentMethodType },
  };
  const body = JSON.stringify({ content: { answers, lang: 'en' } });
  const token = await (await fetch(`${runOf().origins['partner']}/token`, { method: 'POST', body })).text();
  await page.goto(`/partner#${token}`);
}

/** What is left to fill in after the choice of how to pay. */
const PAY: Record<
  'wallet' | 'account' | 'card',
  [keyof typeof payment.types, (page: Page, journey: JourneyPage) => Promise<void>]
> = {
  wallet: ['DigitalWallet', async () => {}],
  account: ['UBN', (page) => type(page, 'ubnParams.number', ACCOUNT)],
  card: [
    'Card',
    async (page, journey) => {
      await press(page, words.en.form.continue);
      await journey.expectTitle(card.title);
      await typeCard(page, journey);
    },
  ],
};

for (const [name, [way, fill]] of Object.entries(PAY) as [keyof typeof PAY, (typeof PAY)['card']][]) {
  test(`nothing known, ${name}`, async ({ page, journey, context }) => {
    const effort = await countEffort(context);
    const phone = freshPhone();
    await page.goto('/en/onboarding/identity');
    await identify(page, phone);
    await press(page, words.en.form.continue);
    await journey.expectTitle(address.title);
    await findAddress(page);
    await press(page, words.en.form.continue);
    await journey.expectTitle(payment.title);
    await choose(page, payment.types[way]);
    await fill(page, journey);
    await press(page, words.en.form.continue);
    await journey.expectTitle(words.en.review.title);
    await finish(page, journey, phone);
    expectWithin(name, effort());
  });
}

test('the browser knows the person, the card is typed', async ({ page, journey, context }) => {
  const effort = await countEffort(context);
  // A pick from the browser's own list is a choice that its page cannot see.
  let picks = 0;
  const phone = freshPhone();
  const profile = {
    fields: Object.entries({
      ...{ NAME_FIRST: 'Maria', NAME_LAST: 'Garcia', NAME_FULL: 'Maria Garcia', EMAIL_ADDRESS: emailOf(phone) },
      ...{ PHONE_HOME_WHOLE_NUMBER: phone, ADDRESS_HOME_LINE1: 'Avenida Calle Dos 296', ADDRESS_HOME_ZIP: '03800' },
      ...{ ADDRESS_HOME_DEPENDENT_LOCALITY: 'San Pedro de los Pinos', ADDRESS_HOME_CITY: 'Benito Juárez' },
      ...{ ADDRESS_HOME_STATE: 'Ciudad de México', ADDRESS_HOME_COUNTRY: 'MX' },
    }).map(([name, value]) => ({ name, value })),
  };
  const pick = async () => {
    await autofill(page, { address: profile });
    picks += 1;
  };
  await page.goto('/en/onboarding/identity');
  await page.locator('[name=firstName]').tap();
  await pick();
  for (const [name, value] of Object.entries({ firstName: 'Maria', lastName: 'Garcia', email: emailOf(phone) }))
    await expect(page.locator(`[name=${name}]`)).toHaveValue(value);
  await expect(page.locator('[name=phoneNumber]')).not.toHaveValue('');
  await typeBirth(page);
  await press(page, words.en.form.continue);
  await journey.expectTitle(address.title);
  await page.locator('[name=address1]').tap();
  await pick();
  for (const [name, value] of Object.entries({ address1: 'Avenida Calle Dos 296', zipCode: '03800' }))
    await expect(page.locator(`[name=${name}]`)).toHaveValue(value);
  await press(page, words.en.form.continue);
  await journey.expectTitle(payment.title);
  await choose(page, payment.types.Card);
  await press(page, words.en.form.continue);
  await journey.expectTitle(card.title);
  await typeCard(page, journey);
  await press(page, words.en.form.continue);
  await journey.expectTitle(words.en.review.title);
  await finish(page, journey, phone);
  const { taps, choices, ...rest } = effort();
  expectWithin('browser profile, card typed', { ...rest, taps: taps + picks, choices: choices + picks });
});

test('a partner knows all but the card', async ({ page, journey, context }) => {
  const effort = await countEffort(context);
  const phone = freshPhone();
  await openLink(page, phone, 'Card');
  await journey.expectTitle(card.title);
  await typeCard(page, journey);
  await finish(page, journey, phone);
  expectWithin('partner link, card missing', effort());
});

test('a partner knows all but the account number', async ({ page, journey, context }) => {
  const effort = await countEffort(context);
  const phone = freshPhone();
  await openLink(page, phone, 'UBN');
  await journey.expectTitle(payment.title);
  await type(page, 'ubnParams.number', ACCOUNT);
  await finish(page, journey, phone);
  expectWithin('partner link, account number missing', effort());
});

test('a partner knows everything: one press', async ({ page, journey, context }) => {
  const effort = await countEffort(context);
  const phone = freshPhone();
  await openLink(page, phone, 'DigitalWallet');
  await journey.expectTitle(words.en.review.title);
  await finish(page, journey, phone);
  expect(effort()).toMatchObject(TABLE['partner link, nothing missing']);
});

test('no page asks more than thirteen things, and nothing is asked twice', async ({ page, journey }) => {
  const asked: string[] = [];
  const look = async () => {
    const names = await page
      .locator('form :is(input:not([type=hidden]), select):visible')
      .evaluateAll((boxes) => [...new Set(boxes.map((box) => (box as HTMLInputElement).name))].filter(Boolean));
    expect(names.length).toBeLessThanOrEqual(13);
    asked.push(...names);
  };
  await journey.start('en');
  await look();
  await journey.toAddress(freshPhone());
  await look();
  await journey.typeAddress();
  await journey.continue();
  await journey.expectTitle(payment.title);
  await look();
  await journey.choosePayment('Card');
  await journey.continue();
  await journey.expectTitle(card.title);
  await expect(journey.box(card.nameOnCard)).toHaveValue('Ana Ruiz');
  await look();
  expect(new Set(asked).size).toBe(asked.length);
});

/** What each box tells the browser and the phone's keyboard (WCAG 1.3.5; HTML, input modalities). */
const BOXES: Record<string, [autocomplete: string, type: string, inputmode: string]> = {
  firstName: ['given-name', 'text', ''],
  lastName: ['family-name', 'text', ''],
  // No token means a second surname, or the state of birth.
  lastName2: ['off', 'text', ''],
  middleName: ['additional-name', 'text', ''],
  birthState: ['off', 'select-one', ''],
  'dob.day': ['bday-day', 'text', 'numeric'],
  'dob.month': ['bday-month', 'text', 'numeric'],
  'dob.year': ['bday-year', 'text', 'numeric'],
  phoneNumber: ['tel', 'tel', 'tel'],
  email: ['email', 'email', 'email'],
  address1: ['address-line1', 'text', ''],
  address2: ['address-line2', 'text', ''],
  zipCode: ['postal-code', 'text', 'numeric'],
  city: ['address-level3', 'text', ''],
  address3: ['address-level2', 'text', ''],
  state: ['address-level1', 'text', ''],
  'ubnParams.number': ['off', 'text', 'numeric'],
  'addCardParams.nameOnCard': ['cc-name', 'text', ''],
  'addCardParams.country': ['off', 'select-one', ''],
};

test('every box tells what it is for and which keyboard it wants', async ({ page, journey }) => {
  const found: typeof BOXES = {};
  const look = async () => {
    const boxes = page.locator('form :is(input:not([type=hidden], [type=radio]), select)');
    for (const box of await boxes.all()) {
      const name = (await box.getAttribute('name')) ?? '';
      const [autocomplete, type, inputmode, enter] = await box.evaluate((element: HTMLInputElement) => [
        ...[element.autocomplete, element.type, element.inputMode, element.enterKeyHint],
      ]);
      // The search is no answer and has no name.
      if (name) found[name] = [autocomplete ?? '', type ?? '', inputmode ?? ''];
      if (type !== 'select-one') expect([name, enter]).toEqual([name, name ? 'next' : 'search']);
    }
  };
  await journey.start('en');
  await look();
  await journey.toAddress(freshPhone());
  await look();
  await journey.typeAddress();
  await journey.continue();
  await journey.expectTitle(payment.title);
  await look();
  await journey.choosePayment('Card');
  await journey.continue();
  await journey.expectTitle(card.title);
  await look();
  expect(found).toEqual(BOXES);
});
