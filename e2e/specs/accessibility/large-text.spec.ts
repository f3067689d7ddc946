import { expect, test } from '../../support/fixtures.ts';
import { listSceneNames } from '../../support/pages/scenes.ts';

// Every page and state with what a person sets for the whole device: large text, or the person's own colours.

test('no page scrolls sideways with text of 24 px on a narrow phone (WCAG 1.4.4, 1.4.10)', { tag: '@all' }, async ({
  page,
  baseURL,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const widthList: string[] = [];
  for (const lang of ['es', 'en']) {
    for (const name of await listSceneNames(baseURL ?? '')) {
      await page.goto(`/${lang}/preview/${name}`);
      const width = await page.evaluate(() => {
        document.documentElement.style.fontSize = '24px';
        for (const details of document.querySelectorAll('details')) details.open = true;
        return document.documentElement.scrollWidth;
      });
      if (width > 360) widthList.push(`${lang} ${name}: ${width}`);
    }
  }
  expect(widthList).toEqual([]);
});

test('each button and field has an edge in forced colours (WCAG 1.4.11)', { tag: '@all' }, async ({
  page,
  baseURL,
}) => {
  await page.emulateMedia({ forcedColors: 'active' });
  const bareList: string[] = [];
  for (const name of await listSceneNames(baseURL ?? '')) {
    await page.goto(`/es/preview/${name}`);
    const bareControls = await page.evaluate(() =>
      [...document.querySelectorAll<HTMLElement>('button, a, select, input:not([type=hidden])')]
        .filter((element) => {
          const { borderTopWidth, textDecorationLine, appearance } = getComputedStyle(element);
          const hasEdge = borderTopWidth !== '0px' || textDecorationLine === 'underline';
          const isNativeChoice = element.matches('[type=radio], [type=checkbox]') && appearance !== 'none';
          return element.checkVisibility() && !element.matches('.sr-only') && !hasEdge && !isNativeChoice;
        })
        .map((element) => element.outerHTML.slice(0, 100)),
    );
    for (const html of bareControls) bareList.push(`${name}: ${html}`);
  }
  expect(bareList).toEqual([]);
});

test('the button of a page outside of the framework has an edge in forced colours, too', { tag: '@all' }, async ({
  browser,
  baseURL,
}) => {
  // With script this page leaves at once.
  const options = { baseURL: baseURL ?? '', javaScriptEnabled: false, forcedColors: 'active' } as const;
  const page = await (await browser.newContext(options)).newPage();
  await page.goto('/continue');
  await expect(page.getByRole('button')).not.toHaveCSS('border-top-width', '0px');
  await page.context().close();
});
