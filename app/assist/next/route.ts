import { getCurrentSession, withAgentAuthorization } from '@/lib/auth/agent-authorization';
import { CLEAR_CACHE_HEADERS, createSeeOtherResponse } from '@/lib/http/see-other';
import { withForm } from '@/lib/http/with-form';
import { toLocale } from '@/lib/i18n/routing';
import { getStore } from '@/lib/store/store';

/** From a case that is closed back to the list. */
export function GET(request: Request): Response {
  const locale = toLocale(new URL(request.url).searchParams.get('lang') ?? '');
  return createSeeOtherResponse(`/${locale}/assist`, CLEAR_CACHE_HEADERS);
}

/**
 * The next customer: this one leaves the list, and the browser forgets every page that it was shown. A plain form's post,
 * so that nothing lives on in the page's own memory. What the customer told stays theirs.
 */
export const POST = withForm(async (form) => {
  const locale = toLocale(String(form.get('lang')));
  const id = String(form.get('case'));
  const session = await getCurrentSession();
  if (session && session.lockedPath === undefined) {
    await withAgentAuthorization(locale, 'case.close', { caseId: id }, async () =>
      (await getStore()).cases.close({ id }),
    );
  }
  return createSeeOtherResponse(`/${locale}/assist`, CLEAR_CACHE_HEADERS);
});
