import type { Page } from '@playwright/test';
import { createPhone, expect, test } from '../../support/fixtures.ts';
import { agentMessages, signIn, startCase } from '../../support/pages/agent.ts';
import { JourneyPage, messages } from '../../support/pages/journey-page.ts';

const w = messages.en;
type FieldValues = Record<string, string>;

type FormPlace = {
  reach: (journey: JourneyPage) => Promise<void>;
  type: (page: Page) => Promise<void>;
  /** The fields' values afterwards, by name. */
  typed: FieldValues;
  /** The radio buttons that are chosen, by value. */
  chosen?: readonly string[];
  /** The title of the page before. */
  previousTitle: string | RegExp;
};

const fillFields = async (page: Page, values: FieldValues) => {
  for (const [name, text] of Object.entries(values)) {
    const field = page.locator(`[name="${name}"]:not([type=hidden])`);
    if ((await field.evaluate((element) => element.tagName)) === 'SELECT') await field.selectOption(text);
    else await field.fill(text);
  }
};

const IDENTITY: FieldValues = {
  firstName: 'Zoë',
  lastName: 'Peña',
  'dob.day': '31',
  'dob.month': '2',
  phoneNumber: '55 12',
};
const ADDRESS: FieldValues = { address1: 'Cda. Ñandú 3 int. 2', zipCode: '038', city: 'Roma' };
const CARD: FieldValues = { 'addCardParams.nameOnCard': 'Zoë P', 'addCardParams.country': 'CA' };

/** Every page on which a customer types. Half of it is wrong: nothing of it can be continued. */
const places: Record<string, FormPlace> = {
  identity: {
    reach: (journey) => journey.start('en'),
    type: (page) => fillFields(page, IDENTITY),
    typed: IDENTITY,
    // The start page greets a customer whose name is saved.
    previousTitle: new RegExp(`^(${w.start.title}|${w.start.begun.greeting.replace('{name}', '.+')})$`),
  },
  address: {
    reach: async (journey) => {
      await journey.start('en');
      await journey.goToAddress(createPhone());
    },
    type: async (page) => {
      await new JourneyPage(page).openAddressLines();
      await fillFields(page, ADDRESS);
    },
    typed: ADDRESS,
    previousTitle: w.steps.identity.title,
  },
  payment: {
    reach: async (journey) => {
      await journey.start('en');
      await journey.goToPayment(createPhone());
    },
    type: async (page) => {
      await page.getByRole('radio', { name: w.steps.payment.types.UBN }).check();
      await fillFields(page, { 'ubnParams.number': '0123' });
    },
    typed: { 'ubnParams.number': '0123' },
    chosen: ['UBN'],
    previousTitle: w.steps.address.title,
  },
  card: {
    reach: async (journey) => {
      await journey.start('en');
      await journey.goToCard(createPhone());
    },
    type: async (page) => {
      await page.getByRole('radio', { name: w.steps.card.types.DebitCard }).check();
      await fillFields(page, CARD);
    },
    typed: CARD,
    chosen: ['DebitCard'],
    previousTitle: w.steps.payment.title,
  },
};

/** The page has everything that was typed. */
async function expectValues(
  page: Page,
  { typed: values, chosen: checkedFields = [] }: Pick<FormPlace, 'typed' | 'chosen'>,
): Promise<void> {
  for (const [name, text] of Object.entries(values)) {
    await expect(page.locator(`[name="${name}"]:not([type=hidden])`)).toHaveValue(text);
  }
  for (const value of checkedFields) await expect(page.locator(`input[value="${value}"]`)).toBeChecked();
}

/** Sends a page the event of a tab in the background: the last one before the browser drops the page. */
const hidePage = (page: Page) =>
  page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });

/** Ends when the server has kept a half-filled form of a page that goes away. */
const waitForSave = (page: Page) => page.waitForResponse((answer) => answer.url().endsWith('/typed'));

for (const [name, place] of Object.entries(places)) {
  test.describe(`half-filled ${name}`, { tag: name === 'identity' ? [] : '@all' }, () => {
    test.beforeEach(async ({ journey, page }) => {
      await place.reach(journey);
      await journey.waitForHydration();
      await place.type(page);
    });

    test('survives a reload', async ({ page }) => {
      await page.reload();
      await expectValues(page, place);
      expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
    });

    test('survives the page’s way back', { tag: name === 'identity' ? [] : '@all' }, async ({ page, journey }) => {
      const formUrl = page.url();
      await page.getByRole('link', { name: w.form.back }).click();
      await journey.expectTitle(place.previousTitle);
      await page.goto(formUrl);
      await expectValues(page, place);
    });

    test('survives the browser’s Back and Forward', { tag: '@all' }, async ({ page, journey }) => {
      await page.goBack();
      await journey.expectTitle(place.previousTitle);
      await page.goForward();
      await expectValues(page, place);
    });

    test('survives a tab that the browser drops in the background', { tag: '@all' }, async ({ page, context }) => {
      const formUrl = page.url();
      const answer = waitForSave(page);
      await hidePage(page);
      expect((await answer).status()).toBe(204);
      const laterPage = await context.newPage();
      await laterPage.goto(formUrl);
      await expectValues(laterPage, place);
    });

    test('survives a tab that is closed', { tag: '@all' }, async ({ page, context }) => {
      const formUrl = page.url();
      const watcherPage = await context.newPage();
      await watcherPage.goto('/en');
      await page.close({ runBeforeUnload: true });
      await expect(async () => {
        await watcherPage.goto(formUrl);
        await expectValues(watcherPage, place);
      }).toPass();
    });
  });
}

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  for (const [name, place] of Object.entries(places).filter(([name]) => name !== 'card')) {
    test(`half-filled ${name} survives the page’s way back`, { tag: '@all' }, async ({ page, journey }) => {
      await place.reach(journey);
      await place.type(page);
      const formUrl = page.url();
      await page.getByRole('link', { name: w.form.back }).click();
      await journey.expectTitle(place.previousTitle);
      await page.goto(formUrl);
      await expectValues(page, place);
    });
  }
});

test('a half-filled form of the console survives a reload, the way back and a dropped tab', { tag: '@all' }, async ({
  page,
  journey,
  context,
}) => {
  const place = { typed: { ...IDENTITY, phoneNumber: '55 123' } };
  await signIn(page, 'ana');
  await startCase(page, createPhone());
  await journey.expectTitle(agentMessages.en.steps.identity.title);
  await journey.waitForHydration();
  const formUrl = page.url();
  await fillFields(page, place.typed);
  await page.reload();
  await expectValues(page, place);

  await fillFields(page, { firstName: 'Zoila' });
  await page.getByRole('button', { name: w.assist.next }).click();
  await journey.expectTitle(w.assist.title);
  await page.goto(formUrl);
  await expectValues(page, { typed: { ...place.typed, firstName: 'Zoila' } });

  await journey.waitForHydration();
  await fillFields(page, { lastName: 'Peña Ruiz' });
  const answer = waitForSave(page);
  await hidePage(page);
  await answer;
  const laterPage = await context.newPage();
  await laterPage.goto(formUrl);
  await expect(laterPage.locator('[name=lastName]')).toHaveValue('Peña Ruiz');
});

test.describe('a keep that fails', () => {
  // The browser itself notes the answer of 503.
  test.use({ expectConsole: [/503/] });
  test('is posted again when the page is left', { tag: '@all' }, async ({ page, journey, context }) => {
    await journey.start('en');
    await journey.waitForHydration();
    await fillFields(page, { firstName: 'Zoë' });
    await page.route('**/typed', (route) => route.fulfill({ status: 503 }));
    const rejectedSave = waitForSave(page);
    await hidePage(page);
    await rejectedSave;
    await page.unroute('**/typed');
    const answer = waitForSave(page);
    await hidePage(page);
    expect((await answer).status()).toBe(204);
    const laterPage = await context.newPage();
    await laterPage.goto('/en/onboarding/identity');
    await expect(laterPage.locator('[name=firstName]')).toHaveValue('Zoë');
  });
});

test('what was continued or only looked at is not kept again', { tag: '@all' }, async ({ page, journey, context }) => {
  const posts: string[] = [];
  context.on('request', (request) => request.url().endsWith('/typed') && posts.push(request.url()));
  await journey.start('en');
  await journey.waitForHydration();
  await page.reload();
  await journey.waitForHydration();
  expect(await context.cookies()).toEqual([]);
  await journey.goToReviewWithWallet(createPhone());
  await page.goto('/en');
  expect(posts).toEqual([]);
});

test('a card number in any box stays on its page', async ({ page, journey }) => {
  await journey.start('en');
  await journey.waitForHydration();
  await fillFields(page, { firstName: 'Zoë', lastName: '4111 1111 1111 1111' });
  await page.reload();
  await expect(page.locator('[name=firstName]')).toHaveValue('Zoë');
  await expect(page.locator('[name=lastName]')).toHaveValue('');
});
