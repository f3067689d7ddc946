import { agentFor, requireCase } from '@/lib/auth/current-agent';
import { localeOf } from '@/lib/i18n/routing';
import { journeyOf, progressOf } from '@/lib/use-cases/agent/open-case';

type Props = { params: Promise<{ locale: string; case: string }> };

/**
 * How far a case is, in one word, for the page that waits: it asks before it draws itself anew. That page was written down
 * when it was opened; each of its questions is not.
 */
export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { locale: given, case: id } = await params;
  const locale = localeOf(given);
  const session = await agentFor(locale, 'case.watch', id);
  const found = await requireCase(locale, session, id);
  const { view } = await progressOf(await journeyOf(locale, found, session), found);
  return new Response(view, { headers: { 'cache-control': 'private, no-store' } });
}
