import type { Walk } from '../domain/journey.ts';
import type { StepId } from '../domain/steps/index.ts';
import type { Locale } from './routing.ts';

export type JourneyPage = StepId | 'review' | 'outcome';

export const pagePath = (locale: Locale, page: JourneyPage) => `/${locale}/onboarding/${page}`;

/** The page before this one on the customer's own path; before the first comes the start. */
export function pageBefore(locale: Locale, { path }: Pick<Walk, 'path'>, page: StepId | 'review'): string {
  const before = page === 'review' ? path.at(-1) : path[path.indexOf(page) - 1];
  return before ? pagePath(locale, before) : `/${locale}`;
}
