import type { FieldErrors, FormInput } from '../../domain/form-input.ts';
import { buildAnswerMark, buildVersionMark, isOutdated } from '../../domain/form-stamp.ts';
import { getJourneyProgress, getStepForm, type PartialSteps, type SavedSteps } from '../../domain/journey.ts';
import { getLockedFields, withLockedFields } from '../../domain/partner-start.ts';
import { getStep, readStep, type StepId } from '../../domain/steps/index.ts';
import { findTooLongFields, removeDisallowedTexts } from '../../domain/steps/step.ts';
import { getErrorTarget, isDraftLocked } from '../../domain/submission.ts';
import type { DraftCollaborators } from './save-partial-step.ts';

export type SaveStepResult =
  | { kind: 'saved'; token: string; next: StepId | 'review' }
  /** `values` are the texts that may be shown again. */
  | { kind: 'invalid'; errors: FieldErrors; values: FormInput }
  /** Too many new drafts came from this address: nothing was saved. */
  | { kind: 'limited'; retryAfterMs: number; values: FormInput }
  /** The answer was changed elsewhere after the form was rendered: nothing was saved. `seen` marks the saved answer. */
  | { kind: 'changed'; values: FormInput; seen: string }
  /** The details are on their way or delivered: they cannot be changed. */
  | { kind: 'locked' };

type StepInput = {
  token: string | undefined;
  stepId: StepId;
  input: FormInput;
  /** The mark of the answers that the form showed; undefined when the form has none. */
  seen?: string | undefined;
  /** The mark of the blank form that a new draft begins with. */
  begunBy?: string | undefined;
};

/** Tabs that save at the same time take turns. More rounds than this are a defect. */
const MAX_ATTEMPTS = 5;

/**
 * Validates the form of one step and saves it. Without a draft, or with one that has expired, creates a draft.
 *
 * @returns the draft's token, a new one for a new draft, and the next open step
 */
export async function saveStep(
  { drafts, ledger, limitDraft, context, now }: DraftCollaborators & { now: Date },
  { token, stepId, input: postedInput, seen: shownMark, begunBy }: StepInput,
): Promise<SaveStepResult> {
  const step = getStep(stepId);
  const savedAt = now.toISOString();
  const toSavedResult = (steps: SavedSteps, draftToken: string): SaveStepResult => {
    const { firstOpenStep, path } = getJourneyProgress(steps, context, savedAt);
    // A customer who changes the payment may have another card. The page offers to keep the saved one.
    const isCardSaved = firstOpenStep === 'review' && stepId === 'payment' && path.includes('card');
    return { kind: 'saved', token: draftToken, next: isCardSaved ? 'card' : firstOpenStep };
  };

  for (let round = 0; round < MAX_ATTEMPTS; round += 1) {
    const draft = token === undefined ? undefined : await drafts.find(token);
    const submission = draft && (await ledger.findLatest(draft.id));
    if (submission && isDraftLocked(submission.state)) return { kind: 'locked' };
    const content = draft?.content ?? { steps: {} };
    const lockedFields = getLockedFields(content.partner, getErrorTarget(submission, draft?.version));
    const input = withLockedFields(postedInput, getStepForm(content, stepId), lockedFields);
    const { validAnswers: knownAnswers } = getJourneyProgress(content.steps, context, savedAt);
    const errors = { ...readStep(step, input, knownAnswers, context).errors, ...findTooLongFields(step, input) };
    // A customer may type a card number into a field that their choice hides.
    const values = removeDisallowedTexts(step, input, context);
    if (isOutdated(shownMark, draft, { step: stepId, values })) {
      const currentMark = shownMark?.startsWith('v')
        ? buildVersionMark(draft?.version)
        : buildAnswerMark(content.steps, stepId);
      return { kind: 'changed', values, seen: currentMark };
    }
    if (Object.keys(errors).length > 0) return { kind: 'invalid', errors, values };
    const steps: SavedSteps = { ...content.steps, [stepId]: { input: values, savedAt } };
    if (!draft || token === undefined) {
      const result = await limitDraft(() => drafts.create({ steps, begunBy }));
      return 'created' in result ? toSavedResult(steps, result.created) : { kind: 'limited', ...result, values };
    }
    const partialSteps: PartialSteps = { ...content.typed };
    delete partialSteps[stepId];
    const partner = content.partner && { partner: { ...content.partner, locked: lockedFields } };
    if (await drafts.update(draft, { ...content, steps, typed: partialSteps, ...partner }))
      return toSavedResult(steps, token);
  }
  throw new Error('The draft kept changing while it was saved');
}
