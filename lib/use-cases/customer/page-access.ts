import { canVisit } from '../../domain/journey.ts';
import type { StepId } from '../../domain/steps/index.ts';
import { isDraftLocked } from '../../domain/submission.ts';
import type { JourneyPage } from '../../i18n/paths.ts';
import type { CurrentJourney } from './find-journey.ts';

/** The page to which a customer is redirected; `isLost` when the draft of their form is gone. */
type PageRedirect = { page: JourneyPage; isLost: boolean };

/**
 * Decides whether a journey allows a page. Once the details are on their way only the outcome page is allowed; before that, no
 * page after the first open step.
 *
 * @param isFromOurPage a page of ours led here: without a draft, it has expired or the browser did not keep its cookie
 * @returns undefined when the page may be shown
 */
export function findPageRedirect(
  { submission, progress, draft }: Pick<CurrentJourney, 'submission' | 'progress' | 'draft'>,
  page: StepId | 'review',
  isFromOurPage: boolean,
): PageRedirect | undefined {
  if (submission && isDraftLocked(submission.state)) return { page: 'outcome', isLost: false };
  if (canVisit(progress, page)) return undefined;
  return { page: progress.firstOpenStep, isLost: draft === undefined && isFromOurPage };
}
