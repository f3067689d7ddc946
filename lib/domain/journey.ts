import { type FieldErrors, type FormInput, getFieldText } from './form-input.ts';
import type { JourneyContext } from './journey-context.ts';
import { type Answers, type JourneyStep, readStep, type StepId, steps } from './steps/index.ts';

/** A step's form as typed, with the time of saving (ISO 8601, UTC). */
type SavedStep = { input: FormInput; savedAt: string };
export type SavedSteps = { [Id in StepId]?: SavedStep };
/** Forms that the customer left before continuing, with the errors that the page showed. */
export type PartialSteps = { [Id in StepId]?: { input: FormInput; errors: FieldErrors } };

export type DraftAnswers = { steps: SavedSteps; typed?: PartialSteps };

/** Returns a step's form as the customer last left it. */
export const getStepForm = ({ steps: savedSteps, typed: partialSteps }: DraftAnswers, step: StepId): FormInput =>
  partialSteps?.[step]?.input ?? savedSteps[step]?.input ?? {};

export const getFilledFields = (draftAnswers: DraftAnswers): string[] =>
  steps.flatMap(({ id, fields }) =>
    fields.filter((field) => getFieldText(getStepForm(draftAnswers, id), field) !== ''),
  );

export type JourneyProgress = {
  /** Answers of the completed steps that apply. */
  answers: Answers;
  /** The same, with valid answers of steps after the open one. */
  validAnswers: Answers;
  /** Steps that this customer sees, as far as known. */
  path: readonly StepId[];
  /** First step without a valid answer, or `review`. */
  firstOpenStep: StepId | 'review';
  /** The open step, and later ones without a valid answer. */
  remaining: readonly StepId[];
  /** Errors of answers that are valid alone and contradict earlier ones. */
  conflicts: { readonly [Id in StepId]?: FieldErrors };
};

/**
 * Derives the progress from the saved answers; the first step whose answer is missing, invalid or stale is the open one.
 * Progress is never stored, so a release checks the answers of old drafts again.
 *
 * @param now ISO 8601, UTC
 * @param journeySteps the registry; tests pass one of their own
 */
export function getJourneyProgress(
  savedSteps: SavedSteps,
  context: JourneyContext,
  now: string,
  journeySteps: readonly JourneyStep[] = steps,
): JourneyProgress {
  const [answers, validAnswers]: [Answers, Answers] = [{}, {}];
  const path: StepId[] = [];
  const remaining: StepId[] = [];
  const conflicts: { [Id in StepId]?: FieldErrors } = {};
  let firstOpenStep: JourneyProgress['firstOpenStep'] = 'review';
  for (const step of journeySteps) {
    if (!step.isApplicable(validAnswers, context)) continue;
    const impliedForm = step.getImpliedForm?.(context);
    if (!impliedForm) path.push(step.id);
    // An implied answer is known from the start and decides which later steps apply.
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

/** Returns the date of birth that was saved (`YYYY-MM-DD`), if it is valid. */
export const findBirthDate = (savedSteps: SavedSteps, context: JourneyContext, now: string): string | undefined =>
  getJourneyProgress(savedSteps, context, now).validAnswers.identity?.dob;

function isStale({ savedAt }: SavedStep, now: string, minutes: number | undefined): boolean {
  return minutes !== undefined && Date.parse(now) - Date.parse(savedAt) > minutes * 60_000;
}

/** Tells whether the customer may open a page: pages up to the first open step. */
export function canVisit({ path, firstOpenStep }: JourneyProgress, page: StepId | 'review'): boolean {
  if (firstOpenStep === 'review') return page === 'review' || path.includes(page);
  return page !== 'review' && path.includes(page) && path.indexOf(page) <= path.indexOf(firstOpenStep);
}

/** Returns the time at which the first of the answers becomes stale, if any does. */
export function getEarliestExpiry(savedSteps: SavedSteps, answers: Answers): Date | undefined {
  const expiryTimes = steps.flatMap(({ id, staleAfterMinutes }) => {
    const savedStep = savedSteps[id];
    if (staleAfterMinutes === undefined || !savedStep || answers[id] === undefined) return [];
    return [Date.parse(savedStep.savedAt) + staleAfterMinutes * 60_000];
  });
  return expiryTimes.length > 0 ? new Date(Math.min(...expiryTimes)) : undefined;
}
