import { getCurrentSession, withAgentAuthorization } from '@/lib/auth/agent-authorization';
import { CLEAR_CACHE_HEADERS, createSeeOtherResponse } from '@/lib/http/see-other';
import { withForm } from '@/lib/http/with-form';
import { toLocale } from '@/lib/i18n/routing';
import { getStore } from '@/lib/store/store';

/** Redirects from a case to the list. */
export function GET(request: Request): Response {
  const locale = toLocale(new URL(request.url).searchParams.get('lang') ?? '');
  return createSeeOtherResponse(`/${locale}/assist`, CLEAR_CACHE_HEADERS);
}

/** Closes a case. A plain form posts here, because the browser must load a new document to drop the customer's pages. */
export const POST = withForm(async (form) => {
  const locale = toLocale(String(form.get('lang')));
  const caseId = String(form.get('case'));
  const session = await getCurrentSession();
  if (session && session.lockedPath === undefined)
    await withAgentAuthorization({ locale, action: 'case.close', caseId }, async ({ caseRecord }) =>
      (await getStore()).cases.close(caseRecord),
    );
  return createSeeOtherResponse(`/${locale}/assist`, CLEAR_CACHE_HEADERS);
});
