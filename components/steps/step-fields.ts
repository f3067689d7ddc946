import type { ComponentType } from 'react';
import type { PlacesSettings } from '@/lib/config/browser-keys';
import type { JourneyContext } from '@/lib/domain/journey-context';
import type { StepId } from '@/lib/domain/steps';
import { AddressFields } from './address-fields';
import { IdentityFields } from './identity-fields';
import { PaymentFields } from './payment-fields';

type Props = { context: JourneyContext; places: PlacesSettings | undefined };

/** The card has a page of its own, under a root layout of its own. */
export type PlainStepId = Exclude<StepId, 'card'>;

/** A step that is registered and has no fields here does not compile. */
export const stepFields: Record<PlainStepId, ComponentType<Props>> = {
  identity: IdentityFields,
  address: AddressFields,
  payment: PaymentFields,
};
