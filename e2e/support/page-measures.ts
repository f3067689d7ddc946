import type { Page } from '@playwright/test';

/** Heights of pages in windows of 740 or 800 pixels, for the empty page. */
export const PAGE_BUDGETS: Readonly<Record<string, number>> = {
  start: 1,
  // The demo's brand offers to read a document, which takes a line of 28 pixels.
  identity: 1.04,
  address: 1,
  payment: 1,
  card: 1.2,
  review: 1.1,
};

export const WINDOW_SIZES = {
  phone: { width: 360, height: 740 },
  desk: { width: 1280, height: 800 },
};

export type PageMeasure = {
  /** Height of the page, in windows. */
  screens: number;
  /** Top of the main button on the page that has just opened, in pixels. */
  buttonTopPx: number;
  isButtonInView: boolean;
};

/** Measures a page of the preview as it opens. The focus on an error summary may scroll it. */
export async function measurePage(page: Page, path: string): Promise<PageMeasure> {
  await page.goto(path);
  return page.evaluate(() => {
    window.scrollTo(0, 0);
    const button = [...document.querySelectorAll('main :is(button[type=submit], a)')].find(
      (element) => element.checkVisibility() && /\bbg-accent\b/.test(element.className),
    );
    const { top = Number.NaN, bottom = Number.NaN } = button?.getBoundingClientRect() ?? {};
    return {
      screens: document.documentElement.scrollHeight / innerHeight,
      buttonTopPx: Math.round(top),
      isButtonInView: bottom <= innerHeight,
    };
  });
}

/** Returns the reasons why a page is over its budget. */
export function findBudgetProblems(scene: string, measure: PageMeasure): string[] {
  const budget = PAGE_BUDGETS[scene];
  const screens = measure.screens.toFixed(2);
  return [
    ...(budget !== undefined && measure.screens > budget + 0.005 ? [`${screens} screens of ${budget}`] : []),
    ...(measure.isButtonInView ? [] : [`the button at ${measure.buttonTopPx} px is not in view`]),
  ];
}
