import { expect, test } from '../../support/fixtures.ts';
import { findBudgetProblems, measurePage, PAGE_BUDGETS, WINDOW_SIZES } from '../../support/page-measures.ts';

/** The box that asks for the place of the call, on the review page of the tests' brand. Most brands do not ask. */
const CALL_LOCATION_PX = 180;

for (const lang of ['es', 'en']) {
  test(`each core page fits its budget on a phone, with the main button in view, ${lang}`, { tag: '@all' }, async ({
    page,
  }) => {
    await page.setViewportSize(WINDOW_SIZES.phone);
    const problems: string[] = [];
    for (const name of Object.keys(PAGE_BUDGETS)) {
      const measure = await measurePage(page, `/${lang}/preview/${name}`);
      if (name === 'review') measure.screens -= CALL_LOCATION_PX / WINDOW_SIZES.phone.height;
      problems.push(...findBudgetProblems(name, measure).map((problem) => `${name}: ${problem}`));
    }
    expect(problems).toEqual([]);
  });
}
