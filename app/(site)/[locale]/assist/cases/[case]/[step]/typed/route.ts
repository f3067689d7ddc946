import { currentSession } from '@/lib/assist/current-agent';
import { keepCaseForm } from '@/lib/assist/keep-case-form';
import { casePath } from '@/lib/assist/open-case';
import { isStepId } from '@/lib/domain/steps';
import { isUuid } from '@/lib/domain/text/ids';
import { localeOf } from '@/lib/i18n/routing';
import { withForm } from '@/lib/security/read-form';
import { answerTypedForm } from '@/lib/security/typed-form';

type Context = { params: Promise<{ locale: string; case: string; step: string }> };

/** Keeps a case's half-filled form when its page goes away, or when a release has left the page behind. */
export const POST = withForm(async (form, _request, { params }: Context) => {
  const { locale, case: id, step } = await params;
  if (!isStepId(step) || !isUuid(id)) return new Response(null, { status: 400 });
  const session = await currentSession();
  if (session && session.lockedPath === undefined) await keepCaseForm(session, id, step, form);
  return answerTypedForm(form, `${casePath(localeOf(locale), id, step)}?updated`);
});
