import 'server-only';
import { getJourneyContext } from '../../config/get-journey-context.ts';
import { getJourneyProgress } from '../../domain/journey.ts';
import type { StepId } from '../../domain/steps/index.ts';
import type { DraftContent } from '../../store/drafts.ts';

/** Returns the first step of a draft without a valid answer; `review` when there is none. */
export function findFirstOpenStep(content: DraftContent | undefined): StepId | 'review' {
  const now = new Date();
  return getJourneyProgress(content?.steps ?? {}, getJourneyContext(now), now.toISOString()).firstOpenStep;
}
