import { redirect } from 'next/navigation';
import { authorizeAgent } from '@/lib/auth/agent-authorization';
import { createPollResponse } from '@/lib/http/poll-response';
import { toLocale } from '@/lib/i18n/routing';
import { findCaseJourney, getCaseProgress } from '@/lib/use-cases/agent/case-journey';
import { getNextCustomerPath } from '@/lib/use-cases/agent/console-paths';

type Props = { params: Promise<{ locale: string; case: string }> };

/**
 * Returns the progress of a case as one word; `?devices` leaves out the customer's step. A waiting page polls this route: the
 * audit records that the agent opened the page, and no polls.
 */
export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { locale, case: caseId } = await params;
  const { caseRecord } = await authorizeAgent({ locale: toLocale(locale), action: 'case.watch', caseId });
  const journey = await findCaseJourney(caseRecord);
  if (!journey) redirect(getNextCustomerPath(toLocale(locale)));
  const { view, deviceView } = await getCaseProgress(journey, caseRecord);
  return createPollResponse(new URL(request.url).searchParams.has('devices') ? deviceView : view);
}
