import type { Page } from '@playwright/test';
import { expect, freshPhone, test } from '../../support/fixtures.ts';
import { beginCase, handOverCase, signIn } from '../../support/pages/agent.ts';
import type { JourneyPage } from '../../support/pages/journey-page.ts';

// What a person has told stands beside our words. It may be written from right to left, and may hold a sign that turns
// whatever follows it (U+202E): our words keep their direction, and a browser that translates leaves the value alone.

const HEBREW = /[\u05d0-\u05ea]/;
const NAME = 'שרה\u202eלאה';
const SURNAMES = 'כהן\u202e לוי';

/**
 * Looks at every text of the page that has the value in it: it must stand in an element of its own that says that it is not
 * translated, and the words around it must run from left to right.
 */
async function expectIsolated(page: Page): Promise<void> {
  const found = await page.evaluate((pattern) => {
    const hebrew = new RegExp(pattern);
    const texts: Text[] = [];
    for (
      const walker = document.createTreeWalker(document.querySelector('main') ?? document.body, 4);
      walker.nextNode();
    ) {
      if (walker.currentNode instanceof Text) texts.push(walker.currentNode);
    }
    /** Whether the characters of a text stand one behind the other, as far as they share a line. */
    const runsToTheRight = (text: Text) => {
      const boxes = [...text.data].map((_, at) => {
        const range = document.createRange();
        range.setStart(text, at);
        range.setEnd(text, at + 1);
        return range.getBoundingClientRect();
      });
      const drawn = boxes.filter(({ width }) => width > 0);
      return drawn.every((box, at) => {
        const before = drawn[at - 1];
        return !before || box.top > before.top + 1 || box.left >= before.left;
      });
    };
    const values = texts.filter(({ data }) => hebrew.test(data));
    return {
      count: values.length,
      loose: values.flatMap(({ data, parentElement }) => {
        const own = parentElement?.closest('bdi');
        return own?.translate === false ? [] : [data];
      }),
      turned: texts
        .filter((text) => !hebrew.test(text.data) && text.data.trim() !== '' && text.parentElement?.checkVisibility())
        .filter((text) => !runsToTheRight(text))
        .map(({ data }) => data),
    };
  }, HEBREW.source);
  expect(found.count).toBeGreaterThan(0);
  expect(found.loose).toEqual([]);
  expect(found.turned).toEqual([]);
}

async function fillIn(journey: JourneyPage, phone: string): Promise<void> {
  await journey.identity({ firstName: NAME, lastName: SURNAMES, birth: ['1', '2', '1990'], phone });
}

for (const lang of ['en', 'es'] as const) {
  test(`${lang}: on a customer's pages, values from right to left turn no word of ours`, async ({ page, journey }) => {
    await journey.start(lang);
    await journey.listening();
    await fillIn(journey, freshPhone());
    await journey.box(journey.words.steps.identity.email).fill('שרה@gmial.com');
    await journey.box(journey.words.steps.identity.phoneNumber).focus();
    await expect(page.locator('main [role=status] bdi')).toHaveCount(3);
    await expectIsolated(page);
    await journey.box(journey.words.steps.identity.email).fill('');
    await journey.continue();
    await journey.expectTitle(journey.words.steps.address.title);
    await journey.typeAddress();
    await page.locator('[name=address1]').fill('רחוב הרצל 12');
    await page.locator('[name=address2]').fill('דירה 3');
    await journey.continue();
    await journey.choosePayment('DigitalWallet');
    await journey.continue();
    await journey.expectTitle(journey.words.review.title);
    await expectIsolated(page);
  });
}

test('at the console, values from right to left turn no word of ours', async ({ page, journey }) => {
  const phone = freshPhone();
  await signIn(page, 'ana');
  await beginCase(page, phone);
  await journey.listening();
  await fillIn(journey, phone);
  await journey.continue();
  await journey.expectTitle(journey.words.steps.address.title);
  await expectIsolated(page);
  await page.goto('/en/assist');
  await expect(page.getByText(phone)).toBeVisible();
  await expectIsolated(page);
  await page.getByRole('link', { name: HEBREW }).first().click();
  await handOverCase(page);
  await expectIsolated(page);
});
