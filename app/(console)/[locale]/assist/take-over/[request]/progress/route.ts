import { authorizeAgent } from '@/lib/auth/agent-authorization';
import { toLocale } from '@/lib/i18n/routing';
import { getStore } from '@/lib/store/store';

type Props = { params: Promise<{ locale: string; request: string }> };

/** Whether the customer has agreed, in one word. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale, request } = await params;
  const session = await authorizeAgent(toLocale(locale), 'case.takeOver');
  const helpRequest = await (await getStore()).helpRequests.findClaimedBy(request, session.subject);
  return new Response(helpRequest?.state ?? '', { headers: { 'cache-control': 'private, no-store' } });
}
