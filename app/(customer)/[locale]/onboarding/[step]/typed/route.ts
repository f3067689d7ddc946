import { readDraftToken, writeDraftToken } from '@/lib/auth/draft-cookie';
import { getJourneyContext } from '@/lib/config/journey-context';
import { readForm, readShownErrors } from '@/lib/domain/form-input';
import { getStep, isStepId } from '@/lib/domain/steps';
import { removeTooLongTexts } from '@/lib/domain/steps/step';
import { createPartialFormResponse } from '@/lib/http/partial-form-response';
import { withForm } from '@/lib/http/with-form';
import { getPagePath } from '@/lib/i18n/paths';
import { toLocale } from '@/lib/i18n/routing';
import { countDraft } from '@/lib/rate-limits/count-attempt';
import { getStore } from '@/lib/store/store';
import { checkForm, findBlankFormMark, findStamp } from '@/lib/use-cases/customer/form-check';
import { savePartialStep } from '@/lib/use-cases/customer/save-partial-step';

type Context = { params: Promise<{ locale: string; step: string }> };

/**
 * Keeps a half-filled form when its page goes away, or when a release has left the page behind. What belongs to another person or
 * is outdated is not kept.
 */
export const POST = withForm(async (form, _request, { params }: Context) => {
  const { locale, step: stepId } = await params;
  if (!isStepId(stepId)) return new Response(null, { status: 400 });
  const path = getPagePath(toLocale(locale), stepId);
  const { fields } = getStep(stepId);
  // Other forms of a step's page come here after a release, too.
  if (!fields.some((field) => form.has(field))) return createPartialFormResponse(form, path);
  const origin = await checkForm(form);
  if (origin === 'another') return createPartialFormResponse(form, `/${toLocale(locale)}?another`);
  if (origin !== 'current') return createPartialFormResponse(form, path);
  const token = await readDraftToken();
  const { drafts, ledger } = await getStore();
  const result = await savePartialStep(
    { drafts, ledger, countDraft, context: getJourneyContext(new Date()) },
    {
      token,
      stepId,
      // The page is not there any more to correct a text that is too long: the others are kept.
      input: removeTooLongTexts(getStep(stepId), readForm(form, fields)),
      errors: readShownErrors(form, fields),
      seen: findStamp(form)?.seen,
      begunBy: findBlankFormMark(form),
    },
  );
  if (result.kind !== 'kept' || result.token === undefined) return createPartialFormResponse(form, path);
  // Only a draft that begins needs its cookie: an answer that comes late must not bring back one that was let go of.
  if (result.token !== token) await writeDraftToken(result.token);
  return createPartialFormResponse(form, `${path}?updated`);
});
