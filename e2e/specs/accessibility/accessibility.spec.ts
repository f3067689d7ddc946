import { AxeBuilder } from '@axe-core/playwright';
import { createPhone, expect, test } from '../../support/fixtures.ts';
import { getRun } from '../../support/test-run.ts';

// States that appear only while a customer uses a page. `visual-states.spec.ts` has the others, which the preview shows.

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

// The window is tall, so that the bar with the main button covers no target, which axe would count as a small one.
for (const lang of ['es', 'en'] as const) {
  for (const colorScheme of ['light', 'dark'] as const) {
    const details = { tag: lang === 'es' && colorScheme === 'light' ? [] : '@all' };
    test.describe(`${lang}, ${colorScheme}`, details, () => {
      test.use({ colorScheme, viewport: { width: 390, height: 2_400 }, expectConsole: [/Failed to load|ERR_|net::/] });

      test('nothing that comes about on a page has a fault that a machine can find', async ({ page, journey }) => {
        // A frame of the vault's is clear, and what is seen through it is ours: a machine in the frame cannot know that.
        const check = async (label: string, excluded = 'nothing') => {
          const { violations } = await new AxeBuilder({ page })
            .setLegacyMode()
            .withTags(AXE_TAGS)
            .exclude(excluded)
            .analyze();
          expect(
            violations.map(({ id, nodes }) => [label, id, ...nodes.map(({ html }) => html.slice(0, 120))]),
          ).toEqual([]);
          const fits = await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
          expect(fits, label).toBe(true);
        };
        await journey.start(lang);
        const { identity, address, payment, card } = journey.messages.steps;
        await page.locator('[name=lastName]').fill('Hernández López');
        await journey.openOptionalFields();
        await page.locator('[name=email]').fill('ana@gmial.com');
        await page.locator('[name=email]').blur();
        await expect(page.getByRole('button', { name: identity.emailCorrect })).toBeVisible();
        await expect(page.getByRole('button', { name: identity.partSurnames.split('{')[0] ?? '' })).toBeVisible();
        await check('surnames and an e-mail offered otherwise');
        await journey.goToAddress(createPhone());
        await journey.searchAddress('calle dos');
        await expect(page.getByRole('listbox').getByRole('option')).toHaveCount(1);
        await check('the list of places open');
        await page.getByRole('listbox').getByRole('option').click();
        await expect(page.getByText(address.picked)).toBeVisible();
        await check('an address filled by a pick');
        await journey.openAddressLines();
        await page.locator('[name=address1]').fill('Calle Dos 10');
        await expect(page.getByText(address.dropped)).toBeVisible();
        await check('a place that was dropped');
        await journey.fillAddress();
        await journey.continue();
        await journey.expectTitle(payment.title);
        await journey.choosePayment('UBN');
        await page.locator('[name="ubnParams.number"]').fill('002302275621938815');
        await journey.continue();
        await expect(page.getByText(payment.swapHint)).toBeVisible();
        await check('two digits that changed places');
        await journey.choosePayment('Card');
        await journey.continue();
        await journey.expectTitle(card.title);
        await journey.fillCard({ number: '4111111111111111', expiry: '1128', code: '123' });
        await check('a card in its fields', 'iframe');
        await page.route(`${getRun().origins['vgs']}/**`, (route) => route.abort());
        await page.reload();
        await expect(page.getByText(card.failed)).toBeVisible();
        await check('a vault that does not open');
      });
    });
  }
}
