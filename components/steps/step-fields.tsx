'use client';

import dynamic from 'next/dynamic';
import type { ComponentType } from 'react';
import type { PlainStepId } from './plain-step';
import type { StepProps } from './step-props';

/** The component of each step; a missing one does not compile. Each loads separately, so that a page loads only its own step. */
const COMPONENTS: Record<PlainStepId, ComponentType<StepProps>> = {
  identity: dynamic(() => import('./identity-step').then(({ IdentityStep }) => IdentityStep)),
  address: dynamic(() => import('./address-step').then(({ AddressStep }) => AddressStep)),
  payment: dynamic(() => import('./payment-step').then(({ PaymentStep }) => PaymentStep)),
};

export function StepFields({ step, ...props }: StepProps & { step: PlainStepId }) {
  const Fields = COMPONENTS[step];
  return <Fields {...props} />;
}
