import type * as z from 'zod/mini';
import { addressStep } from './address/step.ts';
import { cardStep } from './card/step.ts';
import { identityStep } from './identity/step.ts';
import { paymentStep } from './payment/step.ts';
import type { Step } from './step.ts';

/** The journey in order. A step's id is its page's address and the key of its words. */
const registry = [identityStep, addressStep, paymentStep, cardStep] as const;

type Registered = (typeof registry)[number];
export type StepId = Registered['id'];
export type Answers = { [S in Registered as S['id']]?: z.output<ReturnType<S['schema']>> };

export const steps: readonly Step<StepId, unknown, Answers>[] = registry;

export const isStepId = (id: string): id is StepId => steps.some((step) => step.id === id);

export function stepOf(id: StepId): Step<StepId, unknown, Answers> {
  const found = steps.find((step) => step.id === id);
  if (!found) throw new Error(`No step ${id}`);
  return found;
}
