import type { FieldErrors, FormInput } from '../../domain/form-input.ts';
import { isOutdated, markAnswer, markVersion } from '../../domain/form-stamp.ts';
import { formOf, type SavedSteps, type TypedSteps, walk } from '../../domain/journey.ts';
import type { JourneyContext } from '../../domain/journey-context.ts';
import { stillLocked, withLocked } from '../../domain/partner-start.ts';
import { readStep, type StepId, stepOf } from '../../domain/steps/index.ts';
import { findTooLong, keepable } from '../../domain/steps/step.ts';
import { holdsDraft, refusalOf } from '../../domain/submission.ts';
import type { Drafts } from '../../store/drafts.ts';
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
  drafts: Drafts;
  ledger: Ledger;
  /** Counts a new draft. @returns milliseconds until there is room for one; undefined when there is */
  countDraft: () => Promise<number | undefined>;
  context: JourneyContext;
  now: Date;
};

type Given = {
  token: string | undefined;
  stepId: StepId;
  input: FormInput;
  /** The mark of the answers that the form showed; undefined when the form has none. */
  seen?: string | undefined;
  /** The mark of the blank form that a new draft begins with. */
  begunBy?: string | undefined;
};

/** Two tabs that save at once take turns; more rounds than this means that something else is wrong. */
const ROUNDS = 5;

/**
 * Checks one step's form and keeps it. Without a draft, or with one that has expired, a new draft begins.
 *
 * @returns the draft's token (a new one when a draft began) and where the customer goes next
 */
export async function saveStep(
  { drafts, ledger, countDraft, context, now }: Collaborators,
  { token, stepId, input: given, seen, begunBy }: Given,
): Promise<SaveStepResult> {
  const step = stepOf(stepId);
  const savedAt = now.toISOString();
  const saved = (steps: SavedSteps, opens: string): SaveStepResult => ({
    kind: 'saved',
    token: opens,
    next: walk(steps, context, savedAt).open,
  });

  for (let round = 0; round < ROUNDS; round += 1) {
    const draft = token === undefined ? undefined : await drafts.find(token);
    const submission = draft && (await ledger.latest(draft.id));
    if (submission && holdsDraft(submission.state)) return { kind: 'held' };
    const content = draft?.content ?? { steps: {} };
    const locked = stillLocked(content.partner, refusalOf(submission, draft?.version));
    const input = withLocked(given, formOf(content, stepId), locked);
    const { known } = walk(content.steps, context, savedAt);
    const errors = { ...readStep(step, input, known, context).errors, ...findTooLong(step, input) };
    // A card may have been typed where it does not belong, and where nobody looks: the box of a choice not made.
    const values = keepable(step, input, context);
    if (isOutdated(seen, draft, { step: stepId, values })) {
      const now = seen?.startsWith('v') ? markVersion(draft?.version) : markAnswer(content.steps, stepId);
      return { kind: 'changed', values, seen: now };
    }
    if (Object.keys(errors).length > 0) return { kind: 'invalid', errors, values };
    const steps: SavedSteps = { ...content.steps, [stepId]: { input: values, savedAt } };
    if (!draft || token === undefined) {
      const retryAfterMs = await countDraft();
      if (retryAfterMs !== undefined) return { kind: 'limited', retryAfterMs, values };
      return saved(steps, await drafts.create({ steps, begunBy }));
    }
    const typed: TypedSteps = { ...content.typed };
    delete typed[stepId];
    const partner = content.partner && { partner: { ...content.partner, locked } };
    if (await drafts.update(draft, { ...content, steps, typed, ...partner })) return saved(steps, token);
  }
  throw new Error('The draft kept changing while it was saved');
}
