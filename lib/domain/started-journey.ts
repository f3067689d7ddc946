import { getFieldText } from './form-input.ts';
import { type DraftAnswers, getStepForm, type JourneyProgress } from './journey.ts';
import type { StepId } from './steps/index.ts';

/** An application in progress, as the start page shows it. */
export type StartedJourney = {
  /** Empty until the customer has typed a name. */
  firstName: string;
  steps: readonly { id: StepId; isDone: boolean }[];
};

/**
 * Describes an application in progress. The card belongs to the payment, so that the number of rows never changes.
 *
 * @returns undefined when the customer has not typed anything
 */
export function describeStartedJourney(
  answers: DraftAnswers,
  { path, remaining }: Pick<JourneyProgress, 'path' | 'remaining'>,
): StartedJourney | undefined {
  const isOpen = (id: StepId) => remaining.includes(id) || (id === 'payment' && remaining.includes('card'));
  const ids = path.filter((id) => id !== 'card' || !path.includes('payment'));
  if (Object.keys(answers.steps).length === 0 && Object.keys(answers.typed ?? {}).length === 0) return undefined;
  return {
    firstName: getFieldText(getStepForm(answers, 'identity'), 'firstName').trim(),
    steps: ids.map((id) => ({ id, isDone: !isOpen(id) })),
  };
}
