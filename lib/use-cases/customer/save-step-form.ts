import 'server-only';
import { recordCustomerAction } from '../../auth/agent-audit.ts';
import { type CustomerDevice, withDraftToken } from '../../auth/customer-device.ts';
import { getJourneyContext } from '../../config/get-journey-context.ts';
import type { StepId } from '../../domain/steps/index.ts';
import type { Locale } from '../../i18n/routing.ts';
import { log } from '../../observability/logger.ts';
import { getStore } from '../../store/store.ts';
import { type FormSubject, findFormSubject } from './form-subject.ts';
import { listFilledFields, type PostedStep } from './posted-step.ts';
import { recordCustomerEvent } from './record-journey-event.ts';
import { type RejectedForm, toRejectedForm } from './rejected-form.ts';
import { buildBegunForm, type FormExit, savePartialForm } from './save-partial-form.ts';
import { saveStep } from './save-step.ts';

export type SaveStepFormResult =
  | { kind: 'saved'; token: string; next: StepId | 'review' }
  /** The customer left the form; the token is undefined when nothing was saved. */
  | { kind: 'left'; token: string | undefined }
  | { kind: 'rejected'; form: RejectedForm }
  /** The form is about another application than the one of this browser. */
  | { kind: 'another' }
  /** The details are on their way or delivered: the customer cannot change them. */
  | { kind: 'locked' };

/**
 * Saves the form of a step that a customer's page posted.
 *
 * @param exit given when the customer leaves the form half filled, for another page or language
 */
export async function saveStepForm(
  device: CustomerDevice,
  form: PostedStep,
  { locale, exit }: { locale: Locale; exit: FormExit | undefined },
): Promise<SaveStepFormResult> {
  const subject = await findFormSubject(device, form);
  if (exit) return savePartialForm(subject, form, exit);
  if (subject.kind === 'another') return subject;
  if (subject.kind === 'begun') return { kind: 'rejected', form: buildBegunForm(form, subject.mark) };
  if (device.deviceCase) await recordCustomerAction(device.deviceCase, 'case.fill', listFilledFields(form));
  return saveAnswer(device, subject, form, locale);
}

async function saveAnswer(
  device: CustomerDevice,
  { token, mark, answerMark, begunBy, limitDraft }: FormSubject,
  { stepId, input }: PostedStep,
  locale: Locale,
): Promise<SaveStepFormResult> {
  const now = new Date();
  const { drafts, ledger } = await getStore();
  const tools = { drafts, ledger, limitDraft, context: getJourneyContext(now), now };
  const result = await saveStep(tools, { token, stepId, input, seen: answerMark, begunBy });
  switch (result.kind) {
    case 'locked':
      return result;
    case 'invalid': {
      const fields = Object.keys(result.errors);
      log({ event: 'step.invalid', step: stepId, fields: fields.join(' ') });
      if (token !== undefined)
        await recordCustomerEvent(device, { token, kind: 'invalid', step: stepId, lang: locale, fields });
      return { kind: 'rejected', form: toRejectedForm(result, mark) };
    }
    case 'limited':
    case 'changed':
      return { kind: 'rejected', form: toRejectedForm(result, mark) };
    case 'saved':
      log({ event: 'step.saved', step: stepId });
      await recordCustomerEvent(withDraftToken(device, result.token), {
        token: result.token,
        kind: 'taken',
        step: stepId,
        lang: locale,
      });
      return result;
  }
}
