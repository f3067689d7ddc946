import { agentFor } from '@/lib/auth/current-agent';
import { localeOf } from '@/lib/i18n/routing';
import { store } from '@/lib/store/store';

type Props = { params: Promise<{ locale: string; request: string }> };

/** Whether the customer has agreed, in one word. */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale, request } = await params;
  const session = await agentFor(localeOf(locale), 'case.takeOver');
  const met = await (await store()).helpRequests.metBy(request, session.subject);
  return new Response(met?.state ?? '', { headers: { 'cache-control': 'private, no-store' } });
}
