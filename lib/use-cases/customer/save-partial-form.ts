import 'server-only';
import { getJourneyContext } from '../../config/get-journey-context.ts';
import type { FormInput } from '../../domain/form-input.ts';
import { getStep } from '../../domain/steps/index.ts';
import { removeDisallowedTexts, removeTooLongTexts } from '../../domain/steps/step.ts';
import { getStore } from '../../store/store.ts';
import type { FormSubject, UnknownSubject } from './form-subject.ts';
import type { PostedStep } from './posted-step.ts';
import { buildReplacementForm, type RejectedForm, toRejectedForm } from './rejected-form.ts';
import { savePartialStep } from './save-partial-step.ts';

/** The way in which the customer or the agent left a form. */
export type FormExit = {
  /** The form was changed since it was rendered; undefined without script. */
  isTouched: boolean | undefined;
};

type PartialFormResult =
  /** The draft's token; undefined when nothing was saved. */
  { kind: 'left'; token: string | undefined } | { kind: 'another' } | { kind: 'rejected'; form: RejectedForm };

/** `input` is the form without the texts that were too long. `dropped`: nothing was saved. */
type ClosedPageResult = { kind: 'saved'; token: string; input: FormInput } | { kind: 'dropped' } | { kind: 'another' };

/** Saves a half-filled form whose page leads on to another one. The page shows what prevents the save. */
export async function savePartialForm(
  subject: FormSubject | UnknownSubject,
  form: PostedStep,
  { isTouched }: FormExit,
): Promise<PartialFormResult> {
  if (subject.kind === 'another') return subject;
  if (subject.kind === 'begun') return { kind: 'rejected', form: buildBegunForm(form, subject.mark) };
  if (isTouched === false) return { kind: 'left', token: undefined };
  const result = await saveToSubject(subject, form);
  // Without script the server cannot know whether an outdated form was changed: the saved answer stays.
  if (result.kind === 'changed' && isTouched === undefined) return { kind: 'left', token: undefined };
  if (result.kind !== 'kept') return { kind: 'rejected', form: toRejectedForm(result, subject.mark) };
  return { kind: 'left', token: result.token };
}

/**
 * Saves a half-filled form whose page is gone, so that no page can show a problem: texts that are too long are left out, and a form
 * of another person or an outdated one is dropped.
 */
export async function savePartialFormOfClosedPage(
  subject: FormSubject | UnknownSubject,
  form: PostedStep,
): Promise<ClosedPageResult> {
  if (subject.kind === 'another') return subject;
  if (subject.kind === 'begun' || !subject.isCurrent) return { kind: 'dropped' };
  const input = removeTooLongTexts(getStep(form.stepId), form.input);
  const result = await saveToSubject(subject, { ...form, input });
  const token = result.kind === 'kept' ? result.token : undefined;
  return token === undefined ? { kind: 'dropped' } : { kind: 'saved', token, input };
}

/** Builds the view of a blank form that was filled in after an application was begun elsewhere. */
export function buildBegunForm({ stepId, input }: PostedStep, mark: string): RejectedForm {
  return buildReplacementForm(removeDisallowedTexts(getStep(stepId), input, getJourneyContext(new Date())), mark);
}

async function saveToSubject({ token, answerMark, begunBy, limitDraft }: FormSubject, form: PostedStep) {
  const { drafts, ledger } = await getStore();
  const context = getJourneyContext(new Date());
  const { stepId, input, shownErrors: errors } = form;
  return savePartialStep(
    { drafts, ledger, limitDraft, context },
    { token, stepId, input, errors, seen: answerMark, begunBy },
  );
}
