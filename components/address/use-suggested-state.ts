'use client';

import { useRef } from 'react';
import { findStateOfPostalCode, type PostalPrefixes } from '@/lib/domain/address/postal-prefixes';
import type { AddressInputs } from './address-inputs';

const isAutofilled = (field: Element) => CSS.supports('selector(:autofill)') && field.matches(':autofill');
const isChosen = (field: HTMLSelectElement) => field.value !== '' && !isAutofilled(field);

/**
 * Returns a function that chooses the state of the typed postal code, unless the customer has chosen another one. Autofill is no
 * choice: Chromium takes "Ciudad de México" for a profile's "México".
 */
export function useSuggestedState({ find, write, getCountry }: AddressInputs, prefixes: PostalPrefixes) {
  const suggestion = useRef('');
  return () => {
    const state = find('state');
    if (!(state instanceof HTMLSelectElement) || (isChosen(state) && state.value !== suggestion.current)) return;
    const postalState = findStateOfPostalCode(prefixes, getCountry(), find('zipCode')?.value ?? '');
    if (!postalState && (state.value === '' || isAutofilled(state))) return;
    write({ state: postalState?.short ?? '' });
    suggestion.current = state.value;
  };
}
