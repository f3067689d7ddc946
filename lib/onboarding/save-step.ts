import { type FieldErrors, type FormInput, toFieldErrors } from '../domain/form-input.ts';
import { type SavedSteps, type TypedSteps, walk } from '../domain/journey.ts';
import type { JourneyContext } from '../domain/journey-context.ts';
import { type StepId, stepOf } from '../domain/steps/index.ts';
import { keepable } from '../domain/steps/step.ts';
import { holdsDraft } from '../domain/submission.ts';
import type { Drafts } from '../store/drafts.ts';
import type { Ledger } from '../store/ledger.ts';

export type SaveStepResult =
  | { kind: 'saved'; token: string; next: StepId | 'review' }
  /** `values` is what may be shown again of the form. */
  | { kind: 'invalid'; errors: FieldErrors; values: FormInput }
  /** The details are on their way or delivered: they are not changed any more. */
  | { kind: 'held' };

type Collaborators = { drafts: Drafts; ledger: Ledger; context: JourneyContext; now: Date };

/** Two tabs that save at once take turns; more rounds than this means that something else is wrong. */
const ROUNDS = 5;

/**
 * Checks one step's form and keeps it. Without a draft, or with one that has expired, a new draft begins: what was
 * typed is never turned away.
 *
 * @returns the draft's token (a new one when a draft began) and where the customer goes next
 */
export async function saveStep(
  { drafts, ledger, context, now }: Collaborators,
  { token, stepId, input }: { token: string | undefined; stepId: StepId; input: FormInput },
): Promise<SaveStepResult> {
  const step = stepOf(stepId);
  const parsed = step.schema(context).safeParse(input);
  const savedAt = now.toISOString();
  // A card may have been typed where it does not belong, and where nobody looks: the box of a choice not made.
  const values = keepable(step, input, context);
  const merge = (before: SavedSteps): SavedSteps => ({ ...before, [stepId]: { input: values, savedAt } });
  const saved = (steps: SavedSteps, opens: string): SaveStepResult => ({
    kind: 'saved',
    token: opens,
    next: walk(steps, context, savedAt).open,
  });

  for (let round = 0; round < ROUNDS; round += 1) {
    const draft = token === undefined ? undefined : await drafts.find(token);
    const submission = draft && (await ledger.latest(draft.id));
    if (submission && holdsDraft(submission.state)) return { kind: 'held' };
    if (!parsed.success) return { kind: 'invalid', errors: toFieldErrors(parsed.error.issues), values };
    if (!draft || token === undefined) {
      const steps = merge({});
      return saved(steps, await drafts.create({ steps }));
    }
    const steps = merge(draft.content.steps);
    const typed: TypedSteps = { ...draft.content.typed };
    delete typed[stepId];
    if (await drafts.update(draft, { ...draft.content, steps, typed })) return saved(steps, token);
  }
  throw new Error('The draft kept changing while it was saved');
}
