'use client';

import dynamic from 'next/dynamic';
import type { ComponentType } from 'react';
import type { PlainStepId } from './plain-step';
import type { StepProps } from './step-props';

/**
 * A step that is registered and has no component here does not compile. Each is a file of its own for the browser: a page
 * loads its own step and no other.
 */
const COMPONENTS: Record<PlainStepId, ComponentType<StepProps>> = {
  identity: dynamic(() => import('./identity-step').then(({ IdentityStep }) => IdentityStep)),
  address: dynamic(() => import('./address-step').then(({ AddressStep }) => AddressStep)),
  payment: dynamic(() => import('./payment-step').then(({ PaymentStep }) => PaymentStep)),
};

/** The form of a step. */
export function StepFields({ step, ...props }: StepProps & { step: PlainStepId }) {
  const Fields = COMPONENTS[step];
  return <Fields {...props} />;
}
