import { AxeBuilder } from '@axe-core/playwright';
import { raas } from './control.ts';
import { expect, freshPhone, test } from './fixtures.ts';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

for (const lang of ['es', 'en'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    test.describe(`${lang}, ${colorScheme}`, () => {
      test.use({ colorScheme, viewport: { width: 390, height: 844 } });

      test('no page has a fault that a machine can find, empty, wrong or filled', async ({ page, journey }) => {
        const phone = freshPhone();
        const check = async (where: string) => {
          const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
          expect(
            violations.map(({ id, nodes }) => [where, id, ...nodes.map(({ html }) => html.slice(0, 120))]),
          ).toEqual([]);
          expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth), where).toBe(
            true,
          );
        };
        journey.lang = lang;
        await page.goto(`/${lang}`);
        await check('start');
        await journey.start(lang);
        await check('identity');
        await journey.openMore();
        await journey.continue();
        await expect(page.getByRole('alert').getByRole('link').first()).toBeVisible();
        await check('identity with errors');
        await journey.identity({ firstName: 'Ana', lastName: 'Ruiz', birth: ['1', '2', '1990'], phone });
        await journey.continue();
        await journey.expectTitle(journey.words.steps.address.title);
        await journey.searchAddress('calle dos');
        await expect(page.getByRole('option')).toHaveCount(1);
        await check('address with the list open');
        await page.getByRole('option').click();
        await expect(page.getByText(journey.words.steps.address.picked)).toBeVisible();
        await check('address filled by a pick');
        await page.locator('[name=address1]').fill('Calle Dos 10');
        await expect(page.getByText(journey.words.steps.address.dropped)).toBeVisible();
        await check('address whose place was dropped');
        await journey.typeAddress();
        await journey.continue();
        await journey.expectTitle(journey.words.steps.payment.title);
        await journey.choosePayment('UBN');
        await check('payment');
        await page.locator('[name="ubnParams.number"]').fill('002302275621938815');
        await journey.continue();
        await expect(page.getByText(journey.words.steps.payment.swapHint)).toBeVisible();
        await check('payment with a wrong account');
        await journey.choosePayment('Card');
        await journey.continue();
        await journey.expectTitle(journey.words.steps.card.title);
        await expect(journey.hosted(journey.words.steps.card.number, journey.words.steps.card.number)).toBeVisible();
        await check('card');
        await journey.typeCard({ number: '4111111111111111', expiry: '1128', code: '123' });
        await journey.continue();
        await journey.expectTitle(journey.words.review.title);
        await check('review');
        await page.goto(`/${lang}/onboarding/card`);
        await expect(page.getByRole('link', { name: journey.words.steps.card.keep })).toBeVisible();
        await check('card that is saved');
        await page.goto(`/${lang}/onboarding/review`);
        await raas.next(phone, { status: 400, body: { code: 'INVALID_PHONE_NUMBER', reason: 'x' } });
        await journey.submit();
        await journey.expectErrors([journey.words.errors.phoneNumber.refused]);
        await check('identity with what was not accepted');
        await journey.continue();
        await journey.expectTitle(journey.words.review.title);
        await raas.next(phone, { status: 400, body: { reason: 'x' } });
        await journey.submit();
        await journey.expectTitle(journey.words.outcome.refused.title);
        await check('refused');
        await page.goto(`/${lang}/onboarding/identity`);
        await journey.continue();
        await journey.expectTitle(journey.words.review.title);
        await raas.next(phone, { reset: true });
        await journey.submit();
        await journey.expectTitle(journey.words.outcome.checking.title);
        await check('waiting');
      });
    });
  }
}

test.describe('at 320 pixels', () => {
  test.use({ viewport: { width: 320, height: 640 } });

  test('nothing scrolls sideways (WCAG 1.4.10)', async ({ page, journey }) => {
    const fits = async () =>
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await journey.start('es');
    await fits();
    await journey.toCard(freshPhone());
    await fits();
    await page.goto('/es/onboarding/payment');
    await fits();
  });
});
