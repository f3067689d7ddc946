import { expect, test } from '../../support/fixtures.ts';
import { findBudgetProblems, measurePage, PAGE_BUDGETS, WINDOW_SIZES } from '../../support/page-measures.ts';

for (const lang of ['es', 'en']) {
  test(`each core page fits its budget on a phone, with the main button in view, ${lang}`, { tag: '@all' }, async ({
    page,
  }) => {
    await page.setViewportSize(WINDOW_SIZES.phone);
    const problems: string[] = [];
    for (const name of Object.keys(PAGE_BUDGETS)) {
      const measure = await measurePage(page, `/${lang}/preview/${name}`);
      problems.push(...findBudgetProblems(name, measure).map((problem) => `${name}: ${problem}`));
    }
    expect(problems).toEqual([]);
  });
}
