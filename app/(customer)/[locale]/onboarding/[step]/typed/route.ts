import { readDraftToken, writeDraftToken } from '@/lib/auth/draft-cookie';
import { journeyContext } from '@/lib/config/journey-context';
import { readForm, readShownErrors } from '@/lib/domain/form-input';
import { isStepId, stepOf } from '@/lib/domain/steps';
import { withoutTooLong } from '@/lib/domain/steps/step';
import { withForm } from '@/lib/http/read-form';
import { answerTypedForm } from '@/lib/http/typed-form';
import { pagePath } from '@/lib/i18n/paths';
import { localeOf } from '@/lib/i18n/routing';
import { countDraft } from '@/lib/rate-limits/take-attempt';
import { store } from '@/lib/store/store';
import { checkForm, findBegunBy, findStamp } from '@/lib/use-cases/customer/form-check';
import { keepTyped } from '@/lib/use-cases/customer/save-partial-step';

type Context = { params: Promise<{ locale: string; step: string }> };

/**
 * Keeps a half-filled form when its page goes away, or when a release has left the page behind. What belongs to another person or
 * is outdated is not kept.
 */
export const POST = withForm(async (form, _request, { params }: Context) => {
  const { locale, step: stepId } = await params;
  if (!isStepId(stepId)) return new Response(null, { status: 400 });
  const path = pagePath(localeOf(locale), stepId);
  const { fields } = stepOf(stepId);
  // Other forms of a step's page come here after a release, too.
  if (!fields.some((field) => form.has(field))) return answerTypedForm(form, path);
  const origin = await checkForm(form);
  if (origin === 'another') return answerTypedForm(form, `/${localeOf(locale)}?another`);
  if (origin !== 'current') return answerTypedForm(form, path);
  const token = await readDraftToken();
  const { drafts, ledger } = await store();
  const result = await keepTyped(
    { drafts, ledger, countDraft, context: journeyContext(new Date()) },
    {
      token,
      stepId,
      // The page is not there any more to correct a text that is too long: the others are kept.
      input: withoutTooLong(stepOf(stepId), readForm(form, fields)),
      errors: readShownErrors(form, fields),
      seen: findStamp(form)?.seen,
      begunBy: findBegunBy(form),
    },
  );
  if (result.kind !== 'kept' || result.token === undefined) return answerTypedForm(form, path);
  // Only a draft that begins needs its cookie: an answer that comes late must not bring back one that was let go of.
  if (result.token !== token) await writeDraftToken(result.token);
  return answerTypedForm(form, `${path}?updated`);
});
