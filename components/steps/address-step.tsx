'use client';

import { AddressFields } from '@/components/address/address-fields';
import { StepForm } from '@/components/form/step-form';
import { addressStep } from '@/lib/domain/steps/address/step';
import type { StepProps } from './step-props';

/** The address, with a search that fills the fields. The fields also work without it. */
export function AddressStep(props: StepProps) {
  return (
    <StepForm step={addressStep} {...props}>
      <AddressFields context={props.context} places={props.places} postal={props.postal} />
    </StepForm>
  );
}
