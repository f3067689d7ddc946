import { authorizeAgent } from '@/lib/auth/agent-authorization';
import { createPollResponse } from '@/lib/http/poll-response';
import { toLocale } from '@/lib/i18n/routing';
import { getStore } from '@/lib/store/store';

type Props = { params: Promise<{ locale: string; request: string }> };

/** Returns the state of the request for help that the agent has claimed. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale, request } = await params;
  const { session } = await authorizeAgent({ locale: toLocale(locale), action: 'case.takeOver' });
  const helpRequest = await (await getStore()).helpRequests.findClaimedBy(request, session.subject);
  return createPollResponse(helpRequest?.state);
}
