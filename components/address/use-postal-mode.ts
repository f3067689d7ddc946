'use client';

import { useLayoutEffect, useRef, useState } from 'react';
import { useStepForm } from '@/components/form/step-form-context';
import { ADDRESS_FIELDS, type AddressValues } from '@/lib/domain/address/address-values';
import { OTHER_CITY_VALUE, type SavedPostalArea } from '@/lib/domain/address/postal-area';
import { getFieldText } from '@/lib/domain/form-input';
import { addressStep } from '@/lib/domain/steps/address/step';
import type { AddressInputs } from './address-inputs';

/** Why the lines are shown: the customer asked for them, the table does not have the code or did not answer, or the form has errors. */
export type ByHandReason = 'asked' | 'unknown' | 'failed' | 'errors';

type Options = {
  /** Undefined without a table for the chosen country. */
  saved: SavedPostalArea | undefined;
  /** Called before the lines are shown. */
  onLeave: (reason: ByHandReason) => void;
  /** Called once the lines are on the page with what was typed. */
  onByHand: (reason: ByHandReason) => void;
};

/** Tells whether the page asks for the postal code first. The lines take over the text that was typed there. */
export function usePostalMode(inputs: AddressInputs, { saved, onLeave, onByHand }: Options) {
  const isPossible = useIsPossible(saved);
  const [byHand, setByHand] = useState<ByHandReason>();
  const typedFields = useRef<Partial<AddressValues>>({});

  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the lines replace the postal code
  useLayoutEffect(() => {
    if (!byHand) return;
    inputs.write(typedFields.current);
    onByHand(byHand);
  }, [byHand]);

  return {
    isOn: isPossible && !byHand,
    byHand,
    leave(reason: ByHandReason) {
      const fields = inputs.readFields();
      typedFields.current = { ...fields, city: fields.city === OTHER_CITY_VALUE ? '' : fields.city };
      onLeave(reason);
      setByHand(reason);
    },
  };
}

/** A saved address fits when it has no more than a code, or when its settlement is, or was, in the list of a code. */
function useIsPossible(saved: SavedPostalArea | undefined): boolean {
  const { values, locked, agentPrompts } = useStepForm();
  const isBlank = ADDRESS_FIELDS.every((name) => name === 'zipCode' || getFieldText(values, name) === '');
  const listed = ['', OTHER_CITY_VALUE, ...(saved?.area?.settlements ?? [])];
  const isListed = listed.includes(getFieldText(values, 'city')) || getFieldText(values, 'listedZipCode') !== '';
  const isLocked = addressStep.fields.some((name) => locked.includes(name));
  return saved !== undefined && !agentPrompts && !isLocked && (saved.area ? isListed : isBlank);
}
