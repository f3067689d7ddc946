import 'server-only';
import { redirect } from 'next/navigation';
import { mayVisit, type Walk } from '../domain/journey.ts';
import type { StepId } from '../domain/steps/index.ts';
import { holdsDraft } from '../domain/submission.ts';
import type { Locale } from '../i18n/routing.ts';
import { type CurrentJourney, currentJourney } from './current-journey.ts';

export const pagePath = (locale: Locale, page: StepId | 'review' | 'outcome') => `/${locale}/onboarding/${page}`;

/**
 * Lets a page be shown or sends the customer where they belong: to the outcome once the details are on their way,
 * otherwise back to the first open step.
 */
export async function guardPage(locale: Locale, page: StepId | 'review'): Promise<CurrentJourney> {
  const journey = await currentJourney();
  if (journey.submission && holdsDraft(journey.submission.state)) redirect(pagePath(locale, 'outcome'));
  if (!mayVisit(journey.walk, page)) redirect(pagePath(locale, journey.walk.open));
  return journey;
}

/** The page before this one on the customer's own path; before the first comes the start. */
export function pageBefore(locale: Locale, { path }: Walk, page: StepId | 'review'): string {
  const before = page === 'review' ? path.at(-1) : path[path.indexOf(page) - 1];
  return before ? pagePath(locale, before) : `/${locale}`;
}
