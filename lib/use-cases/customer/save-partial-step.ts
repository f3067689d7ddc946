import type { FilledTexts } from '../../domain/documents/fill-form.ts';
import { type FieldErrors, type FormInput, isEmpty, mapTexts } from '../../domain/form-input.ts';
import { buildAnswerMark, isOutdated } from '../../domain/form-stamp.ts';
import { getStepForm } from '../../domain/journey.ts';
import type { JourneyContext } from '../../domain/journey-context.ts';
import { getLockedFields, withLockedFields } from '../../domain/partner-start.ts';
import { getStep, type StepId } from '../../domain/steps/index.ts';
import { findTooLongFields, removeDisallowedTexts, type Step } from '../../domain/steps/step.ts';
import { getErrorTarget, isDraftLocked } from '../../domain/submission.ts';
import type { LimitedDraft } from '../../rate-limits/count-attempt.ts';
import type { DraftRepository } from '../../store/drafts.ts';
import type { Ledger } from '../../store/ledger.ts';

/** Creates a draft within its limit. */
export type LimitDraft = (create: () => Promise<string>) => Promise<LimitedDraft>;

/** The collaborators of a use case that saves a form in a draft. */
export type DraftCollaborators = {
  drafts: DraftRepository;
  ledger: Ledger;
  limitDraft: LimitDraft;
  context: JourneyContext;
};
type PartialStepInput = {
  token: string | undefined;
  stepId: StepId;
  input: FormInput;
  errors: FieldErrors;
  /** The mark of the answer that the form showed; undefined when the form has none. */
  seen?: string | undefined;
  /** The mark of the blank form that a new draft begins with. */
  begunBy?: string | undefined;
  /** Texts of the form that a document or a wallet filled in. */
  filled?: FilledTexts | undefined;
};

export type SavePartialStepResult =
  /** Without a token nothing was saved: the form is blank or unchanged, or the details are on their way. */
  | { kind: 'kept'; token: string | undefined }
  /** The answer was changed elsewhere after the form was rendered: nothing was saved. `seen` marks the saved answer. */
  | { kind: 'changed'; values: FormInput; seen: string }
  /** Texts are too long: nothing was saved. `values` are the texts that may be shown again. */
  | { kind: 'invalid'; errors: FieldErrors; values: FormInput }
  /** Too many new drafts came from this address: nothing was saved. */
  | { kind: 'limited'; retryAfterMs: number; values: FormInput };

/** There is no limit for an agent, who has a session. */
export const limitNothing: LimitDraft = async (create) => ({ created: await create() });

/**
 * Saves a form that the customer leaves half filled, with the errors on its page. Validates only the lengths, since the form is no
 * answer yet. Creates a draft when there is none.
 */
export async function savePartialStep(
  { drafts, ledger, limitDraft, context }: DraftCollaborators,
  { token, stepId, input, errors, seen: shownMark, begunBy, filled }: PartialStepInput,
): Promise<SavePartialStepResult> {
  const step = getStep(stepId);
  const lengthErrors = findTooLongFields(step, input);
  if (Object.keys(lengthErrors).length > 0) {
    return { kind: 'invalid', errors: lengthErrors, values: removeDisallowedTexts(step, input, context) };
  }
  const draft = token === undefined ? undefined : await drafts.find(token);
  const buildPartialStep = (form: FormInput) => ({
    [stepId]: { input: removeDisallowedTexts(step, form, context), errors },
  });
  if (!draft || token === undefined) {
    // A customer who typed nothing gets no draft and no cookie.
    if (isUnanswered(step, input) && Object.keys(errors).length === 0) return { kind: 'kept', token: undefined };
    const content = { steps: {}, typed: buildPartialStep(input), begunBy, ...(filled && { filled }) };
    const result = await limitDraft(() => drafts.create(content));
    return 'created' in result
      ? { kind: 'kept', token: result.created }
      : { kind: 'limited', ...result, values: removeDisallowedTexts(step, input, context) };
  }
  const values = removeDisallowedTexts(step, input, context);
  if (isOutdated(shownMark, draft, { step: stepId, values })) {
    return { kind: 'changed', values, seen: buildAnswerMark(draft.content.steps, stepId) };
  }
  const submission = await ledger.findLatest(draft.id);
  if (submission && isDraftLocked(submission.state)) return { kind: 'kept', token: undefined };
  const { content } = draft;
  const lockedFields = getLockedFields(content.partner, getErrorTarget(submission, draft.version));
  const partialSteps = {
    ...content.typed,
    ...buildPartialStep(withLockedFields(input, getStepForm(content, stepId), lockedFields)),
  };
  // An answer that another tab saves at the same time wins: this write fails on its version.
  const sources = filled && { filled: { ...content.filled, ...filled } };
  await drafts.savePartial(draft, { ...content, typed: partialSteps, ...sources });
  return { kind: 'kept', token };
}

/** Returns whether a form has only its preselected values. */
const isUnanswered = ({ preselected = [] }: Pick<Step, 'preselected'>, input: FormInput): boolean =>
  isEmpty(mapTexts(input, (name, text) => (preselected.includes(name) ? '' : text)));
