import type { Page } from '@playwright/test';
import { expect, freshPhone, test } from '../../support/fixtures.ts';
import { beginCase, signIn } from '../../support/pages/agent.ts';
import { type JourneyPage, words } from '../../support/pages/journey-page.ts';

const w = words.en;
type Typed = Record<string, string>;

type Place = {
  reach: (journey: JourneyPage) => Promise<void>;
  type: (page: Page) => Promise<void>;
  /** What is in the boxes afterwards, by name. */
  typed: Typed;
  /** The radio buttons that are chosen, by value. */
  chosen?: readonly string[];
  /** The title of the page before. */
  before: string;
};

const fill = async (page: Page, typed: Typed) => {
  for (const [name, text] of Object.entries(typed)) {
    const box = page.locator(`[name="${name}"]:not([type=hidden])`);
    if ((await box.evaluate((element) => element.tagName)) === 'SELECT') await box.selectOption(text);
    else await box.fill(text);
  }
};

const IDENTITY: Typed = { firstName: 'Zoë', lastName: 'Peña', 'dob.day': '31', 'dob.month': '2', phoneNumber: '55 12' };
const ADDRESS: Typed = { address1: 'Cda. Ñandú 3 int. 2', zipCode: '038', city: 'Roma' };
const CARD: Typed = { 'addCardParams.nameOnCard': 'Zoë P', 'addCardParams.country': 'CA' };

/** Every page on which a customer types. Half of it is wrong: nothing of it can be continued. */
const places: Record<string, Place> = {
  identity: {
    reach: (journey) => journey.start('en'),
    type: (page) => fill(page, IDENTITY),
    typed: IDENTITY,
    before: w.start.title,
  },
  address: {
    reach: async (journey) => {
      await journey.start('en');
      await journey.toAddress(freshPhone());
    },
    type: (page) => fill(page, ADDRESS),
    typed: ADDRESS,
    before: w.steps.identity.title,
  },
  payment: {
    reach: async (journey) => {
      await journey.start('en');
      await journey.toPayment(freshPhone());
    },
    type: async (page) => {
      await page.getByRole('radio', { name: w.steps.payment.types.UBN }).check();
      await fill(page, { 'ubnParams.number': '0123' });
    },
    typed: { 'ubnParams.number': '0123' },
    chosen: ['UBN'],
    before: w.steps.address.title,
  },
  card: {
    reach: async (journey) => {
      await journey.start('en');
      await journey.toCard(freshPhone());
    },
    type: async (page) => {
      await page.getByRole('radio', { name: w.steps.card.types.DebitCard }).check();
      await fill(page, CARD);
    },
    typed: CARD,
    chosen: ['DebitCard'],
    before: w.steps.payment.title,
  },
};

/** The page has everything that was typed. */
async function expectTyped(page: Page, { typed, chosen = [] }: Pick<Place, 'typed' | 'chosen'>): Promise<void> {
  for (const [name, text] of Object.entries(typed)) {
    await expect(page.locator(`[name="${name}"]:not([type=hidden])`)).toHaveValue(text);
  }
  for (const value of chosen) await expect(page.locator(`input[value="${value}"]`)).toBeChecked();
}

/** Tells a page what a browser tells it in the background; a page that is dropped then is told nothing more. */
const hide = (page: Page) =>
  page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  });

/** Ends when the server has kept a half-filled form of a page that goes away. */
const kept = (page: Page) => page.waitForResponse((answer) => answer.url().endsWith('/typed'));

for (const [name, place] of Object.entries(places)) {
  test.describe(`half-filled ${name}`, () => {
    test.beforeEach(async ({ journey, page }) => {
      await place.reach(journey);
      await journey.listening();
      await place.type(page);
    });

    test('survives a reload', async ({ page }) => {
      await page.reload();
      await expectTyped(page, place);
      expect(await page.evaluate(() => [localStorage.length, sessionStorage.length])).toEqual([0, 0]);
    });

    test('survives the page’s way back', async ({ page, journey }) => {
      const here = page.url();
      await page.getByRole('link', { name: w.form.back }).click();
      await journey.expectTitle(place.before);
      await page.goto(here);
      await expectTyped(page, place);
    });

    test('survives the browser’s Back and Forward', async ({ page, journey }) => {
      await page.goBack();
      await journey.expectTitle(place.before);
      await page.goForward();
      await expectTyped(page, place);
    });

    test('survives a tab that the browser drops in the background', async ({ page, context }) => {
      const here = page.url();
      const answer = kept(page);
      await hide(page);
      expect((await answer).status()).toBe(204);
      const later = await context.newPage();
      await later.goto(here);
      await expectTyped(later, place);
    });

    test('survives a tab that is closed', async ({ page, context }) => {
      const here = page.url();
      const watcher = await context.newPage();
      await watcher.goto('/en');
      await page.close({ runBeforeUnload: true });
      await expect(async () => {
        await watcher.goto(here);
        await expectTyped(watcher, place);
      }).toPass();
    });
  });
}

test.describe('without script', () => {
  test.use({ javaScriptEnabled: false });

  for (const [name, place] of Object.entries(places).filter(([name]) => name !== 'card')) {
    test(`half-filled ${name} survives the page’s way back`, async ({ page, journey }) => {
      await place.reach(journey);
      await place.type(page);
      const here = page.url();
      await page.getByRole('link', { name: w.form.back }).click();
      await journey.expectTitle(place.before);
      await page.goto(here);
      await expectTyped(page, place);
    });
  }
});

test('a half-filled form of the console survives a reload, the way back and a dropped tab', async ({
  page,
  journey,
  context,
}) => {
  const place = { typed: { ...IDENTITY, phoneNumber: '55 123' } };
  await signIn(page, 'ana');
  await beginCase(page, freshPhone());
  await journey.expectTitle(w.steps.identity.title);
  await journey.listening();
  const here = page.url();
  await fill(page, place.typed);
  await page.reload();
  await expectTyped(page, place);

  await fill(page, { firstName: 'Zoila' });
  await page.getByRole('link', { name: w.form.back }).click();
  await journey.expectTitle(w.assist.new);
  await page.goto(here);
  await expectTyped(page, { typed: { ...place.typed, firstName: 'Zoila' } });

  await journey.listening();
  await fill(page, { lastName: 'Peña Ruiz' });
  const answer = kept(page);
  await hide(page);
  await answer;
  const later = await context.newPage();
  await later.goto(here);
  await expect(later.locator('[name=lastName]')).toHaveValue('Peña Ruiz');
});

test.describe('a keep that fails', () => {
  // The browser itself notes the answer of 503.
  test.use({ expectConsole: [/503/] });
  test('is posted again when the page is left', async ({ page, journey, context }) => {
    await journey.start('en');
    await journey.listening();
    await fill(page, { firstName: 'Zoë' });
    await page.route('**/typed', (route) => route.fulfill({ status: 503 }));
    const refused = kept(page);
    await hide(page);
    await refused;
    await page.unroute('**/typed');
    const answer = kept(page);
    await hide(page);
    expect((await answer).status()).toBe(204);
    const later = await context.newPage();
    await later.goto('/en/onboarding/identity');
    await expect(later.locator('[name=firstName]')).toHaveValue('Zoë');
  });
});

test('what was continued or only looked at is not kept again', async ({ page, journey, context }) => {
  const posts: string[] = [];
  context.on('request', (request) => request.url().endsWith('/typed') && posts.push(request.url()));
  await journey.start('en');
  await journey.listening();
  await page.reload();
  await journey.listening();
  expect(await context.cookies()).toEqual([]);
  await journey.walletToReview(freshPhone());
  await page.goto('/en');
  expect(posts).toEqual([]);
});

test('a card number in any box stays on its page', async ({ page, journey }) => {
  await journey.start('en');
  await journey.listening();
  await fill(page, { firstName: 'Zoë', lastName: '4111 1111 1111 1111' });
  await page.reload();
  await expect(page.locator('[name=firstName]')).toHaveValue('Zoë');
  await expect(page.locator('[name=lastName]')).toHaveValue('');
});
