import type { JourneyContext } from '@/lib/domain/journey-context';
import { isStepId, type StepId } from '@/lib/domain/steps';

/** All steps except the card, which has its own page and root layout. */
export type PlainStepId = Exclude<StepId, 'card'>;

export const isPlainStep = (step: string): step is PlainStepId => isStepId(step) && step !== 'card';

/** Returns the key of a step's title under `steps`. With an account as the only payment method there is no choice. */
export const getTitleKey = (step: PlainStepId, { paymentMethodTypes }: JourneyContext) =>
  step === 'payment' && paymentMethodTypes.length === 1 ? 'payment.titleAccount' : (`${step}.title` as const);
