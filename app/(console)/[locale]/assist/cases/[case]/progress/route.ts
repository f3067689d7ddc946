import { authorizeAgent, requireCase } from '@/lib/auth/agent-authorization';
import { toLocale } from '@/lib/i18n/routing';
import { getCaseJourney, getCaseProgress } from '@/lib/use-cases/agent/open-case';

type Props = { params: Promise<{ locale: string; case: string }> };

/**
 * How far a case is, in one word, for the page that waits: it asks before it draws itself anew. That page was written down
 * when it was opened; each of its questions is not.
 */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale: localeParam, case: id } = await params;
  const locale = toLocale(localeParam);
  const session = await authorizeAgent(locale, 'case.watch', id);
  const caseRecord = await requireCase(locale, session, id);
  const { view } = await getCaseProgress(await getCaseJourney(locale, caseRecord, session), caseRecord);
  return new Response(view, { headers: { 'cache-control': 'private, no-store' } });
}
