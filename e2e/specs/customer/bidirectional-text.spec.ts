import type { Page } from '@playwright/test';
import { createPhone, expect, test } from '../../support/fixtures.ts';
import { agentMessages, getPhoneText, handOverCase, signIn, startCase } from '../../support/pages/agent.ts';
import type { JourneyPage } from '../../support/pages/journey-page.ts';

// A customer's answer stands beside our texts. It may be written from right to left, and may hold a sign that turns
// whatever follows it (U+202E): our words keep their direction, and a browser that translates leaves the value alone.

const HEBREW = /[\u05d0-\u05ea]/;
const NAME = 'שרה\u202eלאה';
const SURNAMES = 'כהן\u202e לוי';

/**
 * Looks at every text of the page that has the value in it: it must stand in an element of its own that says that it is not
 * translated, and the words around it must run from left to right.
 */
async function expectIsolated(page: Page): Promise<void> {
  const isolation = await page.evaluate((pattern) => {
    const hebrew = new RegExp(pattern);
    const texts: Text[] = [];
    for (
      const walker = document.createTreeWalker(document.querySelector('main') ?? document.body, 4);
      walker.nextNode();
    ) {
      if (walker.currentNode instanceof Text) texts.push(walker.currentNode);
    }
    /** Returns true when the characters of a text follow each other, as far as they share a line. */
    const isRightToLeft = (text: Text) => {
      const boxes = [...text.data].map((_, index) => {
        const range = document.createRange();
        range.setStart(text, index);
        range.setEnd(text, index + 1);
        return range.getBoundingClientRect();
      });
      const visibleBoxes = boxes.filter(({ width }) => width > 0);
      return visibleBoxes.every((box, index) => {
        const previousBox = visibleBoxes[index - 1];
        return !previousBox || box.top > previousBox.top + 1 || box.left >= previousBox.left;
      });
    };
    const values = texts.filter(({ data }) => hebrew.test(data));
    return {
      count: values.length,
      loose: values.flatMap(({ data, parentElement }) => {
        const bdiElement = parentElement?.closest('bdi');
        return bdiElement?.translate === false ? [] : [data];
      }),
      turned: texts
        .filter((text) => !hebrew.test(text.data) && text.data.trim() !== '' && text.parentElement?.checkVisibility())
        .filter((text) => !isRightToLeft(text))
        .map(({ data }) => data),
    };
  }, HEBREW.source);
  expect(isolation.count).toBeGreaterThan(0);
  expect(isolation.loose).toEqual([]);
  expect(isolation.turned).toEqual([]);
}

async function fillCase(journey: JourneyPage, phone: string): Promise<void> {
  await journey.fillIdentity({ firstName: NAME, lastName: SURNAMES, birth: ['1', '2', '1990'], phone });
}

for (const lang of ['en', 'es'] as const) {
  test(`${lang}: on a customer's pages, values from right to left turn no word of ours`, {
    tag: lang === 'es' ? [] : '@all',
  }, async ({ page, journey }) => {
    await journey.start(lang);
    await journey.waitForHydration();
    await fillCase(journey, createPhone());
    await journey.openOptionalFields();
    await journey.getTextbox(journey.messages.steps.identity.email).fill('שרה@gmial.com');
    await journey.getTextbox(journey.messages.steps.identity.phoneNumber).focus();
    await expect(page.locator('main [role=status] bdi')).toHaveCount(3);
    await expectIsolated(page);
    await journey.getTextbox(journey.messages.steps.identity.email).fill('');
    await journey.continue();
    await journey.expectTitle(journey.messages.steps.address.title);
    await journey.fillAddress();
    await page.locator('[name=address1]').fill('רחוב הרצל 12');
    await page.locator('[name=address2]').fill('דירה 3');
    await journey.continue();
    await journey.choosePayment('DigitalWallet');
    await journey.continue();
    await journey.expectTitle(journey.messages.review.title);
    await expectIsolated(page);
  });
}

test('at the console, values from right to left turn no word of ours', { tag: '@all' }, async ({ page, journey }) => {
  const phone = createPhone();
  await signIn(page, 'ana');
  await startCase(page, phone);
  await journey.waitForHydration();
  await fillCase(journey, phone);
  await journey.continue();
  await journey.expectTitle(agentMessages.en.steps.address.title);
  await expectIsolated(page);
  await page.goto('/en/assist');
  await expect(getPhoneText(page, phone)).toBeVisible();
  await expectIsolated(page);
  await page.getByRole('link', { name: HEBREW }).first().click();
  await handOverCase(page);
  await expectIsolated(page);
});
