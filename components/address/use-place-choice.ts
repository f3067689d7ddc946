'use client';

import { useEffect, useRef, useState } from 'react';
import type { Suggestion } from '@/lib/integrations/google-places/google-places';
import type { AddressFieldActions, PickResult } from './use-address-fields';

/** The result of a choice: the place filled the fields, or Google did not return it and only its text was written. */
export type Choice = PickResult | 'lost';

/** The chosen place of a search. A pick fills the fields. */
export function usePlaceChoice(fieldActions: AddressFieldActions) {
  const [choice, setChoice] = useState<Choice>();
  const actions = useRef(fieldActions);
  actions.current = fieldActions;

  return {
    choice,
    clear: () => setChoice(undefined),
    select(item: Suggestion, searched: string) {
      const handlePlaceError = () => {
        actions.current.writeStreet(item.main);
        actions.current.focusEmptyField();
        setChoice('lost');
      };
      // Few searches end without a pick, but most pages without a search: what reads a place is loaded with it.
      Promise.all([item.resolve(), import('@/lib/integrations/google-places/read-place')]).then(
        ([place, { readPlace }]) => setChoice(actions.current.applyPlace(readPlace(place, searched))),
        handlePlaceError,
      );
    },
  };
}

/**
 * While the search fails, the typed text goes to the street field.
 *
 * @returns whether it did
 */
export function useMirroredText({ writeStreet }: AddressFieldActions, input: string, isNeeded: boolean): boolean {
  const [isMirrored, setMirrored] = useState(false);
  const write = useRef(writeStreet);
  write.current = writeStreet;
  useEffect(() => {
    if (isNeeded && input.trim()) setMirrored(write.current(input));
  }, [isNeeded, input]);
  return isMirrored;
}
