import type { FieldErrors, FormInput } from '../../domain/form-input.ts';
import { buildAnswerMark, buildVersionMark, isOutdated } from '../../domain/form-stamp.ts';
import { getJourneyProgress, getStepForm, type PartialSteps, type SavedSteps } from '../../domain/journey.ts';
import type { JourneyContext } from '../../domain/journey-context.ts';
import { getLockedFields, withLockedFields } from '../../domain/partner-start.ts';
import { getStep, readStep, type StepId } from '../../domain/steps/index.ts';
import { findTooLongFields, removeDisallowedTexts } from '../../domain/steps/step.ts';
import { getErrorTarget, isDraftLocked } from '../../domain/submission.ts';
import type { DraftRepository } from '../../store/drafts.ts';
import type { Ledger } from '../../store/ledger.ts';

export type SaveStepResult =
  | { kind: 'saved'; token: string; next: StepId | 'review' }
  /** `values` is what may be shown again of the form. */
  | { kind: 'invalid'; errors: FieldErrors; values: FormInput }
  /** Too many new drafts came from this address: nothing was kept. */
  | { kind: 'limited'; retryAfterMs: number; values: FormInput }
  /** The answer was changed elsewhere after the form was drawn: nothing was saved. `seen` marks what is saved now. */
  | { kind: 'changed'; values: FormInput; seen: string }
  /** The details are on their way or delivered: they are not changed any more. */
  | { kind: 'held' };

type Collaborators = {
  drafts: DraftRepository;
  ledger: Ledger;
  /** Counts a new draft. @returns milliseconds until there is room for one; undefined when there is */
  countDraft: () => Promise<number | undefined>;
  context: JourneyContext;
  now: Date;
};

type StepInput = {
  token: string | undefined;
  stepId: StepId;
  input: FormInput;
  /** The mark of the answers that the form showed; undefined when the form has none. */
  seen?: string | undefined;
  /** The mark of the blank form that a new draft begins with. */
  begunBy?: string | undefined;
};

/** Two tabs that save at once take turns; more rounds than this means that something else is wrong. */
const MAX_ATTEMPTS = 5;

/**
 * Checks one step's form and keeps it. Without a draft, or with one that has expired, a new draft begins.
 *
 * @returns the draft's token (a new one when a draft began) and where the customer goes next
 */
export async function saveStep(
  { drafts, ledger, countDraft, context, now }: Collaborators,
  { token, stepId, input: postedInput, seen: shownMark, begunBy }: StepInput,
): Promise<SaveStepResult> {
  const step = getStep(stepId);
  const savedAt = now.toISOString();
  const toSavedResult = (steps: SavedSteps, draftToken: string): SaveStepResult => ({
    kind: 'saved',
    token: draftToken,
    next: getJourneyProgress(steps, context, savedAt).firstOpenStep,
  });

  for (let round = 0; round < MAX_ATTEMPTS; round += 1) {
    const draft = token === undefined ? undefined : await drafts.find(token);
    const submission = draft && (await ledger.findLatest(draft.id));
    if (submission && isDraftLocked(submission.state)) return { kind: 'held' };
    const content = draft?.content ?? { steps: {} };
    const lockedFields = getLockedFields(content.partner, getErrorTarget(submission, draft?.version));
    const input = withLockedFields(postedInput, getStepForm(content, stepId), lockedFields);
    const { validAnswers: knownAnswers } = getJourneyProgress(content.steps, context, savedAt);
    const errors = { ...readStep(step, input, knownAnswers, context).errors, ...findTooLongFields(step, input) };
    // A card may have been typed where it does not belong, and where nobody looks: the box of a choice not made.
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
      const retryAfterMs = await countDraft();
      if (retryAfterMs !== undefined) return { kind: 'limited', retryAfterMs, values };
      return toSavedResult(steps, await drafts.create({ steps, begunBy }));
    }
    const partialSteps: PartialSteps = { ...content.typed };
    delete partialSteps[stepId];
    const partner = content.partner && { partner: { ...content.partner, locked: lockedFields } };
    if (await drafts.update(draft, { ...content, steps, typed: partialSteps, ...partner }))
      return toSavedResult(steps, token);
  }
  throw new Error('The draft kept changing while it was saved');
}
