'use client';

import { useEffect, useState } from 'react';
import { flushSync } from 'react-dom';
import { useStepForm } from '@/components/form/step-form-context';
import type { PostalArea } from '@/lib/domain/address/postal-area';
import { getFieldText } from '@/lib/domain/form-input';
import { addressStep } from '@/lib/domain/steps/address/step';
import type { AddressInputs } from './address-inputs';
import { usePostalArea } from './use-postal-area';
import type { ByHandReason } from './use-postal-mode';

/** Fields that only the list of a postal code can show an error of. */
const LIST_FIELDS = ['zipCode', 'city', 'otherCity'];

/** The address from its postal code: the code's area, and the settlement that a finger has chosen from its list. */
export function usePostalAddress(
  { find, read, write }: AddressInputs,
  savedArea: PostalArea | undefined,
  onByHand: (reason: ByHandReason) => void,
) {
  const { errors, values } = useStepForm();
  const savedCity = getFieldText(values, 'city');
  const [chosen, setChosen] = useState(savedArea?.settlements.includes(savedCity) ? savedCity : undefined);
  const [isScriptRunning, setScriptRunning] = useState(false);
  const { area, findNewArea } = usePostalArea(savedArea, onByHand);
  if (chosen && LIST_FIELDS.some((name) => errors[name])) setChosen(undefined);

  // Without an area the page does not have all fields that an error can be about.
  const isIncomplete = !area && addressStep.fields.some((name) => errors[name]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each problem
  useEffect(() => {
    if (isIncomplete) onByHand('errors');
  }, [isIncomplete]);

  function choose(settlement: string) {
    flushSync(() => setChosen(settlement));
    find('address1')?.focus();
  }
  async function lookUp() {
    const newArea = await findNewArea(read(['zipCode']).zipCode);
    const [only, ...others] = newArea?.settlements ?? [];
    if (!only || others.length > 0) return;
    write({ city: only });
    choose(only);
  }
  function change() {
    flushSync(() => setChosen(undefined));
    find('zipCode')?.focus();
  }

  useEffect(() => setScriptRunning(true), []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: for a code that was typed before the script, or the saved form, arrived
  useEffect(() => {
    void lookUp();
  }, [savedArea]);

  return { area, chosen, isScriptRunning, choose, lookUp, change };
}
