import 'server-only';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { canVisit } from '../../domain/journey.ts';
import type { StepId } from '../../domain/steps/index.ts';
import { isDraftLocked } from '../../domain/submission.ts';
import { getPagePath } from '../../i18n/paths.ts';
import type { Locale } from '../../i18n/routing.ts';
import { type CurrentJourney, getCurrentJourney } from './current-journey.ts';

/**
 * Lets a page be shown or sends the customer where they belong: to the outcome once the details are on their way,
 * otherwise back to the first open step.
 */
export async function requirePageAccess(locale: Locale, page: StepId | 'review'): Promise<CurrentJourney> {
  const journey = await getCurrentJourney();
  if (journey.submission && isDraftLocked(journey.submission.state)) redirect(getPagePath(locale, 'outcome'));
  if (!canVisit(journey.progress, page)) {
    redirect(
      getPagePath(locale, journey.progress.firstOpenStep) + (journey.draft || !(await isFromOurPage()) ? '' : '?lost'),
    );
  }
  return journey;
}

/**
 * Whether a page of ours led here (Fetch Metadata, W3C). Without a draft that means that it was let go of, or that the browser did
 * not keep the cookie that it was just given.
 */
const isFromOurPage = async (): Promise<boolean> => (await headers()).get('sec-fetch-site') === 'same-origin';
