import { getCurrentSession } from '@/lib/auth/agent-authorization';
import { isUuid } from '@/lib/domain/text/ids';
import { createSeeOtherResponse } from '@/lib/http/see-other';
import { withForm } from '@/lib/http/with-form';
import { toLocale } from '@/lib/i18n/routing';
import { getCasePath } from '@/lib/use-cases/agent/console-paths';
import { fillCaseForm } from '@/lib/use-cases/agent/fill-case-form';

type Context = { params: Promise<{ locale: string; case: string }> };

/** Fills the form of a case with the values that the agent's page read from the customer's document. */
export const POST = withForm(async (form, _request, { params }: Context) => {
  const { locale, case: caseId } = await params;
  if (!isUuid(caseId)) return new Response(null, { status: 400 });
  const session = await getCurrentSession();
  if (session && session.lockedPath === undefined) await fillCaseForm(session, caseId, form);
  return createSeeOtherResponse(getCasePath(toLocale(locale), caseId, 'identity'));
});
