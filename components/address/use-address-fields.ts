'use client';

import { useRef } from 'react';
import { flushSync } from 'react-dom';
import { setFieldValue } from '@/components/form/set-field-value';
import { ADDRESS_FIELDS, type AddressValues, REQUIRED_ADDRESS_FIELDS } from '@/lib/domain/address/address-values';
import type { AddressPrompt } from '@/lib/domain/address/merge-picked-address';
import type { PickedPlace } from '@/lib/integrations/google-places/read-place';
import type { AddressInputs } from './address-inputs';
import type { useAddressView } from './use-address-view';
import { useAppliedPick } from './use-applied-pick';

/** The result of a pick: replaced text can be restored, and parts may still be missing. */
export type PickResult = { hasReplacedText: boolean; ask: AddressPrompt | undefined };

/** The search's actions on the fields. */
export type AddressFieldActions = {
  applyPlace: (place: PickedPlace) => PickResult;
  /** Restores the text from before the last pick. */
  removePick: () => void;
  /** Copies a growing text into an empty street field. Returns false when the field has other text. */
  writeStreet: (text: string) => boolean;
  /** Takes a search text over as the street. */
  continueByHand: (text: string) => void;
  /** Shows the lines and focuses the first required one that is empty. */
  focusEmptyField: () => void;
  /** Shows the lines and focuses the first one. */
  focusFirstField: () => void;
};

/** How much of the address the page shows. */
type Lines = Pick<ReturnType<typeof useAddressView>, 'openLines' | 'showLines' | 'showCard'>;

type AppliedPick = ReturnType<typeof useAppliedPick>;

/** The search's actions on the address fields, which the customer can always edit, and the state of the chosen place. */
export function useAddressFields(inputs: AddressInputs, onCountry: (country: string) => void, lines: Lines) {
  const pick = useAppliedPick(inputs);
  const mirroredText = useRef('');
  return {
    place: pick.place,
    droppedAt: pick.droppedAt,
    actions: {
      ...createPickActions(inputs, pick, { mirroredText, onCountry, lines }),
      ...createTextActions(inputs, pick, { mirroredText, lines }),
    } satisfies AddressFieldActions,
    /** Compares the fields with the chosen place after an edit. */
    check: pick.check,
    /** Fills the fields from the dropped place again; the apartment stays. */
    restorePick() {
      const dropped = pick.pick.current;
      if (!dropped) return;
      const address2 = inputs.find('address2')?.value ?? '';
      writePlace(inputs, onCountry, dropped.country, { ...dropped.after, address2 });
      pick.check('address1');
    },
  };
}

/** Writes the fields of a place. The list of states belongs to the country, so that one comes first. */
function writePlace(
  inputs: AddressInputs,
  onCountry: (country: string) => void,
  country: string,
  fields: AddressValues,
) {
  inputs.write({ countryCode: country });
  flushSync(() => onCountry(country));
  inputs.write(fields);
}

type TextTools = { mirroredText: { current: string }; lines: Lines };
type PickTools = TextTools & { onCountry: (country: string) => void };

function createPickActions(inputs: AddressInputs, pick: AppliedPick, { mirroredText, onCountry, lines }: PickTools) {
  return {
    applyPlace({ country, hidden, merge }: PickedPlace): PickResult {
      const typedFields = pick.readTyped();
      // The text of a failed search is no street of the customer's.
      const before = typedFields.address1 === mirroredText.current ? { ...typedFields, address1: '' } : typedFields;
      const { fields, prompt: ask } = merge(before);
      writePlace(inputs, onCountry, country, fields);
      // The list of states has spellings of its own.
      const after = inputs.readFields();
      pick.apply({ country, after, before, place: hidden });
      if (ask) lines.openLines();
      else lines.showCard(after);
      focusNext(inputs, ask?.field);
      return {
        hasReplacedText: ADDRESS_FIELDS.some((name) => before[name] !== '' && before[name] !== after[name]),
        ask,
      };
    },
    removePick() {
      if (pick.pick.current) inputs.write(pick.pick.current.before);
      pick.remove();
      lines.showLines();
    },
  };
}

function createTextActions(inputs: AddressInputs, pick: AppliedPick, { mirroredText, lines }: TextTools) {
  const actions = {
    writeStreet(text: string): boolean {
      const street = inputs.find('address1');
      if (!street || (street.value !== '' && street.value !== mirroredText.current)) return false;
      setFieldValue(street, text);
      mirroredText.current = text;
      pick.check('address1');
      lines.showLines();
      return true;
    },
    continueByHand(text: string) {
      actions.writeStreet(text);
      actions.focusEmptyField();
    },
    focusEmptyField() {
      lines.openLines();
      inputs.find(REQUIRED_ADDRESS_FIELDS.find((name) => inputs.find(name)?.value === '') ?? 'address1')?.focus();
    },
    focusFirstField() {
      lines.openLines();
      inputs.find('address1')?.focus();
    },
  };
  return actions;
}

/** Focuses a missing line; with none missing the form's button, never a line that may stay empty. */
function focusNext({ find }: AddressInputs, missingField: string | undefined): void {
  const form = find('address1')?.form;
  const next = missingField ? find(missingField) : form?.querySelector<HTMLElement>('button[type=submit]:not([name])');
  next?.focus();
}
