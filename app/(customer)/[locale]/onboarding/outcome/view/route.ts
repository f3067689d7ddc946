import { getSubmissionView } from '@/lib/domain/upstream-responses/submission-view';
import { getCurrentJourney } from '@/lib/use-cases/customer/current-journey';

/** What the outcome page of this customer would show now, in one word: a waiting page asks before it draws itself anew. */
export async function GET(): Promise<Response> {
  const { submission } = await getCurrentJourney();
  return new Response(submission ? getSubmissionView(submission) : '', {
    headers: { 'cache-control': 'private, no-store' },
  });
}
