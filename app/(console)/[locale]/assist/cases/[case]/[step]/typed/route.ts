import { getCurrentSession } from '@/lib/auth/agent-authorization';
import { isStepId } from '@/lib/domain/steps';
import { isUuid } from '@/lib/domain/text/ids';
import { createPartialFormResponse } from '@/lib/http/partial-form-response';
import { withForm } from '@/lib/http/with-form';
import { toLocale } from '@/lib/i18n/routing';
import { getCasePath } from '@/lib/use-cases/agent/open-case';
import { savePartialCaseStep } from '@/lib/use-cases/agent/save-partial-case-step';

type Context = { params: Promise<{ locale: string; case: string; step: string }> };

/** Keeps a case's half-filled form when its page goes away, or when a release has left the page behind. */
export const POST = withForm(async (form, _request, { params }: Context) => {
  const { locale, case: id, step } = await params;
  if (!isStepId(step) || !isUuid(id)) return new Response(null, { status: 400 });
  const session = await getCurrentSession();
  if (session && session.lockedPath === undefined) await savePartialCaseStep(session, id, step, form);
  return createPartialFormResponse(form, `${getCasePath(toLocale(locale), id, step)}?updated`);
});
