import { SHOWN_ERRORS } from '@/components/form/form-names';
import { journeyContext } from '@/lib/config/journey-context';
import { readErrors, readForm } from '@/lib/domain/form-input';
import { isStepId, stepOf } from '@/lib/domain/steps';
import { withoutTooLong } from '@/lib/domain/steps/step';
import { pagePath } from '@/lib/i18n/paths';
import { localeOf } from '@/lib/i18n/routing';
import { keepTyped } from '@/lib/onboarding/keep-typed';
import { readTypedForm, typedFormKept } from '@/lib/security/typed-form';
import { readDraftToken, writeDraftToken } from '@/lib/session/draft-cookie';
import { checkForm, findBegunBy, findStamp } from '@/lib/session/form-check';
import { countDraft } from '@/lib/session/take-attempt';
import { store } from '@/lib/store/store';

type Context = { params: Promise<{ locale: string; step: string }> };

/**
 * Keeps a half-filled form when its page goes away, or when a release has left the page behind. What belongs to another person or
 * is outdated is not kept.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { locale, step: stepId } = await params;
  const form = await readTypedForm(request);
  if (!form || !isStepId(stepId)) return new Response(null, { status: 400 });
  const origin = await checkForm(form);
  if (origin !== 'current') return typedFormKept(form, `/${localeOf(locale)}?another`);
  const { drafts, ledger } = await store();
  const { fields } = stepOf(stepId);
  const result = await keepTyped(
    { drafts, ledger, countDraft, context: journeyContext(new Date()) },
    {
      token: await readDraftToken(),
      stepId,
      // The page is not there any more to correct a text that is too long: the others are kept.
      input: withoutTooLong(stepOf(stepId), readForm(form, fields)),
      errors: readErrors(String(form.get(SHOWN_ERRORS) ?? ''), fields),
      seen: findStamp(form)?.seen,
      begunBy: findBegunBy(form),
    },
  );
  if (result.kind === 'kept' && result.token !== undefined) await writeDraftToken(result.token);
  return typedFormKept(form, `${pagePath(localeOf(locale), stepId)}?updated`);
}
