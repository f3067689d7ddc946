import { getCurrentSession } from '@/lib/auth/agent-authorization';
import { isStepId } from '@/lib/domain/steps';
import { isUuid } from '@/lib/domain/text/ids';
import { createPartialFormResponse } from '@/lib/http/partial-form-response';
import { withForm } from '@/lib/http/with-form';
import { toLocale } from '@/lib/i18n/routing';
import { getCasePath } from '@/lib/use-cases/agent/console-paths';
import { savePartialCaseStep } from '@/lib/use-cases/agent/save-partial-case-step';
import { readPostedStep } from '@/lib/use-cases/customer/posted-step';

type Context = { params: Promise<{ locale: string; case: string; step: string }> };

/** Saves a case's half-filled form when its page is closed, or after a release that the page does not belong to. */
export const POST = withForm(async (form, _request, { params }: Context) => {
  const { locale, case: caseId, step } = await params;
  if (!isStepId(step) || !isUuid(caseId)) return new Response(null, { status: 400 });
  const session = await getCurrentSession();
  const isUnlocked = session && session.lockedPath === undefined;
  if (isUnlocked) await savePartialCaseStep(session, caseId, readPostedStep(step, form));
  return createPartialFormResponse(form, `${getCasePath(toLocale(locale), caseId, step)}?updated`);
});
