'use client';

import { useEffect, useRef, useState } from 'react';
import { ADDRESS_FIELDS, type AddressValues, matchesAddress } from '@/lib/domain/address/address-values';
import type { AddressInputs } from './address-inputs';

/** Fields that only a pick provides: all of them or none. */
export const PICK_FIELDS = ['streetNumber', 'placeDetail', 'latitude', 'longitude'] as const;
export type PickFields = Record<(typeof PICK_FIELDS)[number], string>;
const EMPTY_PICK_FIELDS: PickFields = { streetNumber: '', placeDetail: '', latitude: '', longitude: '' };

/** A pick, with the fields' values after and before it. */
type AppliedPick = { country: string; after: AddressValues; before: AddressValues; place: PickFields };

const NO_VALUES = Object.fromEntries(ADDRESS_FIELDS.map((name) => [name, ''])) as AddressValues;

/**
 * Keeps the chosen place. A place that no longer matches the fields is dropped, and applies again once they match it again.
 *
 * @returns `place`: the values of the hidden fields, undefined until the customer changes the saved address; `droppedAt`: the field
 * whose edit dropped the place
 */
export function useAppliedPick({ read, readFields, getCountry }: AddressInputs) {
  const pick = useRef<AppliedPick>(null);
  const [place, setPlace] = useState<PickFields>();
  const [droppedAt, setDroppedAt] = useState<string>();

  // A pick that was saved with the step is already in the form.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the form is there
  useEffect(() => {
    const saved = read(PICK_FIELDS);
    if (saved.placeDetail)
      pick.current = { country: getCountry(), after: readFields(), before: NO_VALUES, place: saved };
  }, []);

  return {
    pick,
    place,
    droppedAt,
    /** Compares the fields with the place after an edit of one field. */
    check(editedField: string) {
      if (!pick.current) return;
      const isGood = getCountry() === pick.current.country && matchesAddress(pick.current.after, readFields());
      setPlace(isGood ? pick.current.place : EMPTY_PICK_FIELDS);
      setDroppedAt(isGood ? undefined : editedField);
    },
    apply(newPick: AppliedPick) {
      pick.current = newPick;
      setPlace(newPick.place);
      setDroppedAt(undefined);
    },
    remove() {
      pick.current = null;
      setPlace(EMPTY_PICK_FIELDS);
      setDroppedAt(undefined);
    },
    /** Returns the customer's text, without the text of an earlier pick. */
    readTyped(): AddressValues {
      const fields = readFields();
      const { after, before } = pick.current ?? { after: undefined, before: NO_VALUES };
      const getTyped = (name: keyof AddressValues) => (after?.[name] === fields[name] ? before[name] : fields[name]);
      return Object.fromEntries(ADDRESS_FIELDS.map((name) => [name, getTyped(name)])) as AddressValues;
    },
  };
}
