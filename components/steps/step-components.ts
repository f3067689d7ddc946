import type { ComponentType } from 'react';
import type { JourneyContext } from '@/lib/domain/journey-context';
import type { StepId } from '@/lib/domain/steps';
import { AddressStep } from './address-step';
import { IdentityStep } from './identity-step';
import { PaymentStep } from './payment-step';
import type { StepProps } from './step-props';

/** The card has a page of its own, under a root layout of its own. */
export type PlainStepId = Exclude<StepId, 'card'>;

/** A step that is registered and has no component here does not compile. */
export const stepComponents: Record<PlainStepId, ComponentType<StepProps>> = {
  identity: IdentityStep,
  address: AddressStep,
  payment: PaymentStep,
};

/** The key of a step's title under `steps`. With an account as the only way to pay, there is no choice to ask for. */
export const titleKey = (step: PlainStepId, { paymentMethodTypes }: JourneyContext) =>
  step === 'payment' && paymentMethodTypes.length === 1 ? 'payment.titleAccount' : (`${step}.title` as const);
