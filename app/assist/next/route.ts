import { asAgent, currentSession } from '@/lib/auth/current-agent';
import { withForm } from '@/lib/http/read-form';
import { FORGET, seeOther } from '@/lib/http/see-other';
import { localeOf } from '@/lib/i18n/routing';
import { store } from '@/lib/store/store';

/** From a case that is closed back to the list. */
export function GET(request: Request): Response {
  const locale = localeOf(new URL(request.url).searchParams.get('lang') ?? '');
  return seeOther(`/${locale}/assist`, FORGET);
}

/**
 * The next customer: this one leaves the list, and the browser forgets every page that it was shown. A plain form's post,
 * so that nothing lives on in the page's own memory. What the customer told stays theirs.
 */
export const POST = withForm(async (form) => {
  const locale = localeOf(String(form.get('lang')));
  const id = String(form.get('case'));
  const session = await currentSession();
  if (session && session.lockedPath === undefined) {
    await asAgent(locale, 'case.close', { caseId: id }, async () => (await store()).cases.close({ id }));
  }
  return seeOther(`/${locale}/assist`, FORGET);
});
