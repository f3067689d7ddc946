import type * as z from 'zod/mini';
import { addressPayload } from './address/payload.ts';
import { addressStep } from './address/step.ts';
import { cardPayload } from './card/payload.ts';
import { cardStep } from './card/step.ts';
import { identityPayload } from './identity/payload.ts';
import { identityStep } from './identity/step.ts';
import { paymentPayload } from './payment/payload.ts';
import { paymentStep } from './payment/step.ts';
import type { SendableStep } from './step.ts';

/** The journey in order. A step's id is its page's address and the key of its words. */
const registry = [
  { ...identityStep, toPayload: identityPayload },
  { ...addressStep, toPayload: addressPayload },
  { ...paymentStep, toPayload: paymentPayload },
  { ...cardStep, toPayload: cardPayload },
] as const;

type Registered = (typeof registry)[number];
export type StepId = Registered['id'];
export type Answers = { [S in Registered as S['id']]?: z.output<ReturnType<S['schema']>> };

export const steps: readonly SendableStep<StepId, unknown, Answers>[] = registry;

export const isStepId = (id: string): id is StepId => steps.some((step) => step.id === id);

export function stepOf(id: StepId): SendableStep<StepId, unknown, Answers> {
  const found = steps.find((step) => step.id === id);
  if (!found) throw new Error(`No step ${id}`);
  return found;
}
