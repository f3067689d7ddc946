import { getSubmissionView } from '@/lib/domain/upstream-responses/submission-view';
import { createPollResponse } from '@/lib/http/poll-response';
import { getCurrentJourney } from '../../../current-journey';

/** Returns the name of the view that the outcome page would show now. A waiting page polls it and reloads when it changes. */
export async function GET(): Promise<Response> {
  const { submission } = await getCurrentJourney();
  return createPollResponse(submission && getSubmissionView(submission));
}
