import type { JourneyContext } from '@/lib/domain/journey-context';
import { isStepId, type StepId } from '@/lib/domain/steps';

/** The card has a page of its own, under a root layout of its own. */
export type PlainStepId = Exclude<StepId, 'card'>;

export const isPlainStep = (step: string): step is PlainStepId => isStepId(step) && step !== 'card';

/** The key of a step's title under `steps`. With an account as the only way to pay, there is no choice to ask for. */
export const getTitleKey = (step: PlainStepId, { paymentMethodTypes }: JourneyContext) =>
  step === 'payment' && paymentMethodTypes.length === 1 ? 'payment.titleAccount' : (`${step}.title` as const);
