import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { mayVisit } from '../../domain/journey.ts';
import type { StepId } from '../../domain/steps/index.ts';
import { holdsDraft } from '../../domain/submission.ts';
import { pagePath } from '../../i18n/paths.ts';
import type { Locale } from '../../i18n/routing.ts';
import { type CurrentJourney, currentJourney } from './current-journey.ts';

/**
 * Lets a page be shown or sends the customer where they belong: to the outcome once the details are on their way,
 * otherwise back to the first open step.
 */
export async function guardPage(locale: Locale, page: StepId | 'review'): Promise<CurrentJourney> {
  const journey = await currentJourney();
  if (journey.submission && holdsDraft(journey.submission.state)) redirect(pagePath(locale, 'outcome'));
  if (!mayVisit(journey.walk, page)) {
    redirect(pagePath(locale, journey.walk.open) + (journey.draft || !(await isFromOurPage()) ? '' : '?lost'));
  }
  return journey;
}

/**
 * Whether a page of ours led here (Fetch Metadata, W3C). Without a draft that means that it was let go of, or that the browser did
 * not keep the cookie that it was just given.
 */
const isFromOurPage = async (): Promise<boolean> => (await headers()).get('sec-fetch-site') === 'same-origin';
