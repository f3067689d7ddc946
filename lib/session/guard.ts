import 'server-only';
import { redirect } from 'next/navigation';
import { mayVisit } from '../domain/journey.ts';
import type { StepId } from '../domain/steps/index.ts';
import { holdsDraft } from '../domain/submission.ts';
import { pagePath } from '../i18n/paths.ts';
import type { Locale } from '../i18n/routing.ts';
import { type CurrentJourney, currentJourney } from './current-journey.ts';

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
