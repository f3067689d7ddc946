import { type FieldErrors, type FormInput, getFieldText } from './form-input.ts';
import type { JourneyContext } from './journey-context.ts';
import { type Answers, readStep, type StepId, steps } from './steps/index.ts';

/** What a draft keeps of a step: the form as it was typed, and when it was saved (ISO 8601, UTC). */
type SavedStep = { input: FormInput; savedAt: string };
export type SavedSteps = { [Id in StepId]?: SavedStep };
/** Forms that were left before they were continued, with the errors that stood on the screen. */
export type PartialSteps = { [Id in StepId]?: { input: FormInput; errors: FieldErrors } };

/** What a customer has told, continued or not. */
export type DraftAnswers = { steps: SavedSteps; typed?: PartialSteps };

/** A step's form as its customer last left it. */
export const getStepForm = ({ steps: savedSteps, typed: partialSteps }: DraftAnswers, step: StepId): FormInput =>
  partialSteps?.[step]?.input ?? savedSteps[step]?.input ?? {};

/** The fields that have something in them. */
export const getFilledFields = (draftAnswers: DraftAnswers): string[] =>
  steps.flatMap(({ id, fields }) =>
    fields.filter((field) => getFieldText(getStepForm(draftAnswers, id), field) !== ''),
  );

export type JourneyProgress = {
  /** The answers of the completed steps that apply. An answer to a question that is no longer asked is not here. */
  answers: Answers;
  /** The same with the good answers of steps behind the open one, which are kept and not yet reached. */
  validAnswers: Answers;
  /** The steps that this customer meets, as far as is known by now. */
  path: readonly StepId[];
  /** The first step without a good answer, or `review` when there is none. */
  firstOpenStep: StepId | 'review';
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
export function getJourneyProgress(savedSteps: SavedSteps, context: JourneyContext, now: string): JourneyProgress {
  const [answers, validAnswers]: [Answers, Answers] = [{}, {}];
  const path: StepId[] = [];
  const remaining: StepId[] = [];
  const conflicts: { [Id in StepId]?: FieldErrors } = {};
  let firstOpenStep: JourneyProgress['firstOpenStep'] = 'review';
  for (const step of steps) {
    if (!step.isApplicable(validAnswers, context)) continue;
    const impliedForm = step.getImpliedForm?.(context);
    if (!impliedForm) path.push(step.id);
    // What is not asked is known from the start, and says which steps lie ahead.
    const isReached = firstOpenStep === 'review' || impliedForm;
    const savedStep = impliedForm ? { input: impliedForm, savedAt: now } : savedSteps[step.id];
    const isCurrent = savedStep !== undefined && !isStale(savedStep, now, step.staleAfterMinutes);
    const { answer, errors } = isCurrent
      ? readStep(step, savedStep.input, validAnswers, context)
      : { answer: undefined, errors: {} };
    const hasErrors = Object.keys(errors).length > 0;
    if (answer !== undefined && hasErrors) conflicts[step.id] = errors;
    const isValid = answer !== undefined && !hasErrors;
    if (!isValid) remaining.push(step.id);
    for (const target of isReached ? [answers, validAnswers] : [validAnswers]) {
      if (isValid) Object.assign(target, { [step.id]: answer });
    }
    [firstOpenStep = 'review'] = remaining;
  }
  return { answers, validAnswers, path, firstOpenStep, remaining, conflicts };
}

function isStale({ savedAt }: SavedStep, now: string, minutes: number | undefined): boolean {
  return minutes !== undefined && Date.parse(now) - Date.parse(savedAt) > minutes * 60_000;
}

/** Whether a page may be shown: everything up to the first open step may. */
export function canVisit({ path, firstOpenStep }: JourneyProgress, page: StepId | 'review'): boolean {
  if (firstOpenStep === 'review') return page === 'review' || path.includes(page);
  return page !== 'review' && path.includes(page) && path.indexOf(page) <= path.indexOf(firstOpenStep);
}

/** When the first of the answers goes stale, if any of them ever does. */
export function getEarliestExpiry(savedSteps: SavedSteps, answers: Answers): Date | undefined {
  const expiryTimes = steps.flatMap(({ id, staleAfterMinutes }) => {
    const savedStep = savedSteps[id];
    if (staleAfterMinutes === undefined || !savedStep || answers[id] === undefined) return [];
    return [Date.parse(savedStep.savedAt) + staleAfterMinutes * 60_000];
  });
  return expiryTimes.length > 0 ? new Date(Math.min(...expiryTimes)) : undefined;
}
