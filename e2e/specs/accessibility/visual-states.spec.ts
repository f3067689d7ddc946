import { AxeBuilder } from '@axe-core/playwright';
import { expect, test } from '../../support/fixtures.ts';
import { listSceneNames } from '../../support/pages/scenes.ts';

// Every page × state (empty, wrong, filled, locked, every end) × language × scheme, as the brand's preview shows them.

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** In a window of this height the bar with the main button covers no target, which axe would count as a small one. */
const TALL_PX = 2_400;

for (const lang of ['es', 'en'] as const) {
  // Colours do not depend on the language.
  for (const colorScheme of lang === 'es' ? (['light', 'dark'] as const) : (['light'] as const)) {
    const details = { tag: lang === 'es' && colorScheme === 'light' ? [] : '@all' };
    test(
      `no scene has a fault that a machine can find, ${lang}, ${colorScheme}`,
      details,
      async ({ browser, baseURL }) => {
        const context = await browser.newContext({ colorScheme, viewport: { width: 390, height: TALL_PX } });
        const page = await context.newPage();
        const names = await listSceneNames(baseURL ?? '');
        expect(names.length).toBeGreaterThan(25);
        const violationList: unknown[] = [];
        for (const name of names) {
          await page.goto(`${baseURL}/${lang}/preview/${name}`);
          // One run per page instead of one per frame halves the time. The only frames are the vault's.
          const axe = new AxeBuilder({ page }).setLegacyMode();
          // The dark scheme changes colours and nothing else.
          const rules = colorScheme === 'dark' ? axe.withRules(['color-contrast']) : axe.withTags(AXE_TAGS);
          const { violations } = await rules.analyze();
          for (const { id, nodes } of violations)
            violationList.push([name, id, ...nodes.map(({ html }) => html.slice(0, 120))]);
          if (colorScheme === 'dark') continue;
          const smallTargetList = await page.evaluate(findSmallTargets);
          if (smallTargetList.length > 0) violationList.push([name, 'targets under 44 px', smallTargetList]);
          for (const width of [390, 320]) {
            await page.setViewportSize({ width, height: TALL_PX });
            const fits = await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth);
            if (!fits) violationList.push([name, `scrolls sideways at ${width}`]);
          }
          await page.setViewportSize({ width: 390, height: TALL_PX });
        }
        expect(violationList).toEqual([]);
        await context.close();
      },
    );
  }
}

/** Finds targets smaller than 44 by 44 pixels. The target of a radio or a checkbox is its label. */
function findSmallTargets(): string[] {
  const targets = document.querySelectorAll<HTMLElement>('a, button, select, summary, input:not([type=hidden])');
  return [...targets].flatMap((element) => {
    const target = element.matches('[type=radio], [type=checkbox]') ? element.closest('label') : element;
    const { width, height } = (target ?? element).getBoundingClientRect();
    const isVisible = element.checkVisibility() && !element.closest('.sr-only') && width > 0;
    // A link in the text of the footer, the consent or the error summary needs 24 pixels (WCAG 2.5.8).
    const minHeight = element.closest('footer, .consent, [role=alert] li') ? 24 : 43.5;
    return isVisible && (height < minHeight || width < 43.5)
      ? [`${element.outerHTML.slice(0, 100)} ${width}x${height}`]
      : [];
  });
}

test('text spaced as readers may want it is not cut off (WCAG 1.4.12), and texts may grow by two fifths', {
  tag: '@all',
}, async ({ browser, baseURL }) => {
  const page = await (await browser.newContext({ viewport: { width: 320, height: 844 } })).newPage();
  const violationList: string[] = [];
  for (const name of await listSceneNames(baseURL ?? '')) {
    await page.goto(`${baseURL}/es/preview/${name}`);
    await page.evaluate(() => {
      for (const element of document.querySelectorAll<HTMLElement>('body *')) {
        Object.assign(element.style, { lineHeight: '1.5', letterSpacing: '0.12em', wordSpacing: '0.16em' });
      }
      // Four tenths more of every text, as another language may need.
      const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const { nodeValue, parentElement } = node;
        if (!nodeValue?.trim() || parentElement?.closest('script, style, option')) continue;
        node.nodeValue = nodeValue + ` ${nodeValue}`.slice(0, Math.ceil(nodeValue.length * 0.4));
      }
    });
    const problem = await page.evaluate(() => {
      if (document.documentElement.scrollWidth > window.innerWidth) return 'scrolls sideways';
      const cutElement = [
        ...document.querySelectorAll<HTMLElement>('a, button, label, p, h1, h2, li, dd, legend'),
      ].find(
        (element) =>
          element.checkVisibility() &&
          !element.closest('.sr-only') &&
          element.scrollWidth > element.clientWidth + 1 &&
          getComputedStyle(element).overflow !== 'visible',
      );
      return cutElement?.outerHTML.slice(0, 100);
    });
    if (problem) violationList.push(`${name}: ${problem}`);
  }
  expect(violationList).toEqual([]);
  await page.context().close();
});

test('the preview shows one state at a time, in the chosen scheme and size, and does not scroll on load', {
  tag: '@all',
}, async ({ page }) => {
  await page.setViewportSize({ width: 1800, height: 1000 });
  const frame = page.frameLocator('iframe');
  const getColor = () => frame.locator('body').evaluate((body) => getComputedStyle(body).backgroundColor);
  await page.goto('/en/preview?state=identity-errors&scheme=light');
  // The state moves the focus to its errors, as its page does.
  await expect(frame.getByRole('alert', { name: 'Please check this' })).toBeFocused();
  expect(await page.evaluate(() => window.scrollY)).toBe(0);
  await expect.poll(getColor).toBe('rgb(244, 246, 248)');
  await page.getByRole('link', { name: 'dark', exact: true }).click();
  await expect.poll(getColor).toBe('rgb(14, 20, 27)');
  await page.getByRole('link', { name: 'small', exact: true }).click();
  await expect(page.locator('iframe')).toHaveAttribute('width', '360');
  await page.getByRole('link', { name: 'console-worklist', exact: true }).click();
  await expect(frame.getByRole('heading', { level: 1 })).toHaveText('Customers');
  await page.getByRole('link', { name: 'es', exact: true }).click();
  await expect(frame.getByRole('heading', { level: 1 })).toHaveText('Clientes');
  expect(await page.locator('iframe').count()).toBe(1);
});
