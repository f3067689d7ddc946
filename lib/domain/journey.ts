import { type FieldErrors, type FormInput, fieldText } from './form-input.ts';
import type { JourneyContext } from './journey-context.ts';
import { type Answers, readStep, type StepId, steps } from './steps/index.ts';

/** What a draft keeps of a step: the form as it was typed, and when it was saved (ISO 8601, UTC). */
type SavedStep = { input: FormInput; savedAt: string };
export type SavedSteps = { [Id in StepId]?: SavedStep };
/** Forms that were left before they were continued, with the errors that stood on the screen. */
export type TypedSteps = { [Id in StepId]?: { input: FormInput; errors: FieldErrors } };

/** What a customer has told, continued or not. */
export type Told = { steps: SavedSteps; typed?: TypedSteps };

/** A step's form as its customer last left it. */
export const formOf = ({ steps: saved, typed }: Told, step: StepId): FormInput =>
  typed?.[step]?.input ?? saved[step]?.input ?? {};

/** The fields that have something in them. */
export const filledFields = (told: Told): string[] =>
  steps.flatMap(({ id, fields }) => fields.filter((field) => fieldText(formOf(told, id), field) !== ''));

export type Walk = {
  /** The answers of the completed steps that apply. An answer to a question that is no longer asked is not here. */
  answers: Answers;
  /** The same with the good answers of steps behind the open one, which are kept and not yet reached. */
  known: Answers;
  /** The steps that this customer meets, as far as is known by now. */
  path: readonly StepId[];
  /** The first step without a good answer, or `review` when there is none. */
  open: StepId | 'review';
  /** The open step and those after it that have no good answer yet. */
  remaining: readonly StepId[];
  /** What is wrong with answers that are good by themselves and do not fit those before them. */
  conflicts: { readonly [Id in StepId]?: FieldErrors };
};

/**
 * Walks the journey from its start over what was saved and stops asking at the first step whose answer is missing, no
 * longer valid or stale. Progress is never stored: it follows from the answers, so an old draft after a release is
 * checked again and not trusted.
 *
 * @param now ISO 8601, UTC
 */
export function walk(saved: SavedSteps, context: JourneyContext, now: string): Walk {
  const [answers, known]: [Answers, Answers] = [{}, {}];
  const path: StepId[] = [];
  const remaining: StepId[] = [];
  const conflicts: { [Id in StepId]?: FieldErrors } = {};
  let open: Walk['open'] = 'review';
  for (const step of steps) {
    if (!step.appliesTo(known, context)) continue;
    const implied = step.implied?.(context);
    if (!implied) path.push(step.id);
    // What is not asked is known from the start, and says which steps lie ahead.
    const isBehind = open === 'review' || implied;
    const kept = implied ? { input: implied, savedAt: now } : saved[step.id];
    const isCurrent = kept !== undefined && !isStale(kept, now, step.staleAfterMinutes);
    const { answer, errors } = isCurrent
      ? readStep(step, kept.input, known, context)
      : { answer: undefined, errors: {} };
    const hasErrors = Object.keys(errors).length > 0;
    if (answer !== undefined && hasErrors) conflicts[step.id] = errors;
    const isGood = answer !== undefined && !hasErrors;
    if (!isGood) remaining.push(step.id);
    for (const found of isBehind ? [answers, known] : [known]) {
      if (isGood) Object.assign(found, { [step.id]: answer });
    }
    [open = 'review'] = remaining;
  }
  return { answers, known, path, open, remaining, conflicts };
}

function isStale({ savedAt }: SavedStep, now: string, minutes: number | undefined): boolean {
  return minutes !== undefined && Date.parse(now) - Date.parse(savedAt) > minutes * 60_000;
}

/** Whether a page may be shown: everything up to the first open step may. */
export function mayVisit({ path, open }: Walk, page: StepId | 'review'): boolean {
  if (open === 'review') return page === 'review' || path.includes(page);
  return page !== 'review' && path.includes(page) && path.indexOf(page) <= path.indexOf(open);
}

/** When the first of the answers goes stale, if any of them ever does. */
export function staleAt(saved: SavedSteps, answers: Answers): Date | undefined {
  const moments = steps.flatMap(({ id, staleAfterMinutes }) => {
    const kept = saved[id];
    if (staleAfterMinutes === undefined || !kept || answers[id] === undefined) return [];
    return [Date.parse(kept.savedAt) + staleAfterMinutes * 60_000];
  });
  return moments.length > 0 ? new Date(Math.min(...moments)) : undefined;
}
