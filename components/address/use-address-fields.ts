'use client';

import { useEffect, useRef, useState } from 'react';
import {
  ADDRESS_FIELDS,
  type AddressPrompt,
  type AddressValues,
  matchesAddress,
  mergePickedAddress,
  REQUIRED_ADDRESS_FIELDS,
} from '@/lib/domain/address/merge-picked-address';
import type { PickedPlace } from '@/lib/integrations/google-places/picked-place';

/** Fields that only a pick provides: all of them or none. */
export const PICK_FIELDS = ['streetNumber', 'placeDetail', 'latitude', 'longitude'] as const;
export type PickFields = Record<(typeof PICK_FIELDS)[number], string>;
const EMPTY_PICK_FIELDS: PickFields = { streetNumber: '', placeDetail: '', latitude: '', longitude: '' };

/** A pick, with the fields' values after and before it. */
type AppliedPick = { country: string; after: AddressValues; before: AddressValues; place: PickFields };

/** The result of a pick: replaced text can be restored, and one part may still be missing. */
export type PickResult = { hasReplacedText: boolean; ask: AddressPrompt | undefined };

/** The search's actions on the fields. */
export type AddressFieldActions = {
  applyPlace: (place: PickedPlace, searched: string) => PickResult;
  /** Restores the text from before the last pick. */
  removePick: () => void;
  /** Copies a growing text into an empty street field. Returns false when the field has other text. */
  writeStreet: (text: string) => boolean;
  /** Focuses the first required field that is empty. */
  focusEmptyField: () => void;
};

/**
 * Reads and writes the address fields of the form, which the customer can always edit. A place that no longer matches them is
 * dropped, and applies again once the fields match it again.
 */
export function useAddressFields(onCountry: (country: string) => void) {
  const ref = useRef<HTMLDivElement>(null);
  const appliedPick = useRef<AppliedPick>(null);
  const mirroredText = useRef('');
  /** Undefined until the customer changes the saved address. */
  const [place, setPlace] = useState<PickFields>();
  const [isDropped, setDropped] = useState(false);

  const findInput = (name: string) => ref.current?.querySelector<HTMLInputElement>(`[name="${name}"]`) ?? null;
  const read = <Name extends string>(names: readonly Name[]) =>
    Object.fromEntries(names.map((name) => [name, findInput(name)?.value ?? ''])) as Record<Name, string>;
  const readFields = () => read(ADDRESS_FIELDS);
  const getCountry = () => findInput('countryCode')?.value ?? '';
  function write(values: Record<string, string>) {
    for (const [name, value] of Object.entries(values)) {
      const target = findInput(name);
      if (target) target.value = value;
    }
  }

  // A pick that was saved with the step is already in the form.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the form is there
  useEffect(() => {
    const saved = read(PICK_FIELDS);
    const [after, before] = [
      readFields(),
      Object.fromEntries(ADDRESS_FIELDS.map((name) => [name, ''])) as AddressValues,
    ];
    if (saved.placeDetail) appliedPick.current = { country: getCountry(), after, before, place: saved };
    // Reads a country that the customer chose before the script arrived.
    if (getCountry()) onCountry(getCountry());
  }, []);

  function updatePlace() {
    const currentPick = appliedPick.current;
    if (!currentPick) return;
    const isGood = getCountry() === currentPick.country && matchesAddress(currentPick.after, readFields());
    setPlace(isGood ? currentPick.place : EMPTY_PICK_FIELDS);
    setDropped(!isGood);
  }

  /** Returns the customer's text, without the text of an earlier pick or of a failed search. */
  function getTypedFields(): AddressValues {
    const [currentFields, earlierPick] = [readFields(), appliedPick.current];
    const entries = ADDRESS_FIELDS.map((name) => [
      name,
      earlierPick?.after[name] === currentFields[name] ? earlierPick.before[name] : currentFields[name],
    ]);
    const result = Object.fromEntries(entries) as AddressValues;
    return result.address1 === mirroredText.current ? { ...result, address1: '' } : result;
  }

  const actions: AddressFieldActions = {
    applyPlace({ address, placeDetail, latitude, longitude }, searched) {
      const before = getTypedFields();
      const { fields: after, prompt: ask } = mergePickedAddress(before, address, searched);
      const { streetNumber, countryCode } = address;
      const pickFields = { streetNumber, placeDetail, latitude: `${latitude}`, longitude: `${longitude}` };
      appliedPick.current = { country: countryCode, after, before, place: pickFields };
      write({ ...after, countryCode });
      onCountry(countryCode);
      updatePlace();
      findInput(ask?.field ?? 'address2')?.focus();
      return {
        hasReplacedText: ADDRESS_FIELDS.some((name) => before[name] !== '' && before[name] !== after[name]),
        ask,
      };
    },
    removePick() {
      if (appliedPick.current) write(appliedPick.current.before);
      appliedPick.current = null;
      setPlace(EMPTY_PICK_FIELDS);
      setDropped(false);
    },
    writeStreet(text) {
      const street = findInput('address1');
      if (!street || (street.value !== '' && street.value !== mirroredText.current)) return false;
      street.value = text;
      mirroredText.current = text;
      updatePlace();
      return true;
    },
    focusEmptyField() {
      const emptyField = REQUIRED_ADDRESS_FIELDS.find((name) => findInput(name)?.value === '');
      findInput(emptyField ?? 'address1')?.focus();
    },
  };

  return {
    ref,
    actions,
    place,
    isDropped,
    onInput(event: React.FormEvent) {
      if ((event.target as HTMLInputElement).name === 'countryCode') onCountry(getCountry());
      updatePlace();
    },
    /** Fills the fields from the dropped place again; the apartment stays. */
    applyPick() {
      const currentPick = appliedPick.current;
      if (!currentPick) return;
      write({ ...currentPick.after, address2: findInput('address2')?.value ?? '', countryCode: currentPick.country });
      onCountry(currentPick.country);
      updatePlace();
    },
  };
}
