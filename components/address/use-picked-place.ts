'use client';

import { useRef } from 'react';
import type { PickedPlace } from '@/lib/places/picked-place';

/** A pick describes the street and what is around it. Changing one of these makes it describe something else. */
const DESCRIBED = new Set(['address1', 'zipCode', 'city', 'address3', 'state', 'countryCode']);
/** What only a pick can know, dropped together. */
const FROM_PICK = ['streetNumber', 'placeDetail', 'latitude', 'longitude'] as const;
/** The person's own word on which door it is; a pick never overwrites it. */
const OWN_WORD = 'address2';

/** Writes a picked place into the address boxes and forgets it when somebody edits what it described. */
export function usePickedPlace() {
  const ref = useRef<HTMLDivElement>(null);
  const input = (name: string) => ref.current?.querySelector<HTMLInputElement>(`[name="${name}"]`) ?? null;
  const write = (name: string, value: string) => {
    const target = input(name);
    if (target) target.value = value;
  };

  /** A part that the place lacks leaves the box as it was, and the first such box that is empty is asked for. */
  function fill({ address, placeDetail, latitude, longitude }: PickedPlace) {
    const { countryCode: _asked, ...parts } = address; // the search asks only in countries that are offered
    for (const [name, value] of Object.entries(parts)) {
      if (value === '' || (name === OWN_WORD && input(name)?.value)) continue;
      write(name, value);
    }
    write('streetNumber', address.streetNumber);
    write('placeDetail', placeDetail);
    write('latitude', String(latitude));
    write('longitude', String(longitude));
    const open = ['address1', 'zipCode', 'city', 'state'].find((name) => input(name)?.value === '');
    const lacksNumber = address.streetNumber === '' && !/\d/.test(address.address1);
    input(open ?? (lacksNumber ? 'address1' : OWN_WORD))?.focus();
  }

  function onEdit(event: React.FormEvent) {
    if (!DESCRIBED.has((event.target as HTMLInputElement).name)) return;
    for (const name of FROM_PICK) write(name, '');
  }

  return { ref, fill, onEdit };
}
