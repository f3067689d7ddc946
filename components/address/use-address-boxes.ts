'use client';

import { useEffect, useRef, useState } from 'react';
import {
  ADDRESS_BOXES,
  type AddressBoxes,
  type Ask,
  mergePick,
  NEEDED_BOXES,
  stillDescribes,
} from '@/lib/domain/address/merge-pick';
import type { PickedPlace } from '@/lib/integrations/google-places/picked-place';

/** What only a pick can know. It is there whole or not at all. */
export const FROM_PICK = ['streetNumber', 'placeDetail', 'latitude', 'longitude'] as const;
export type FromPick = Record<(typeof FROM_PICK)[number], string>;
const NOTHING: FromPick = { streetNumber: '', placeDetail: '', latitude: '', longitude: '' };

/** A pick, the boxes as it left them, and what they held before. */
type Pick = { country: string; after: AddressBoxes; before: AddressBoxes; place: FromPick };

/** How a pick went: what it replaced can be put back, and one part may still be missing. */
export type PickResult = { replaced: boolean; ask: Ask | undefined };

/** The search's view of the boxes. */
export type AddressBoxesActions = {
  fill: (place: PickedPlace, searched: string) => PickResult;
  /** Puts back what was typed before the last pick. */
  undo: () => void;
  /** Copies a text into an empty street box, and again as it grows. False when the box holds something of its own. */
  mirror: (text: string) => boolean;
  /** Goes to the first box that is still needed. */
  goToOpen: () => void;
};

/**
 * The address boxes as the form has them. They belong to the person: a pick fills them and a search that fails leaves
 * its text in them. A place that no longer describes them is dropped, and comes back when they are as it left them.
 */
export function useAddressBoxes(onCountry: (country: string) => void) {
  const ref = useRef<HTMLDivElement>(null);
  const pick = useRef<Pick>(null);
  const mirrored = useRef('');
  /** Undefined: as the form came. */
  const [place, setPlace] = useState<FromPick>();
  const [isDropped, setDropped] = useState(false);

  const input = (name: string) => ref.current?.querySelector<HTMLInputElement>(`[name="${name}"]`) ?? null;
  const read = <Name extends string>(names: readonly Name[]) =>
    Object.fromEntries(names.map((name) => [name, input(name)?.value ?? ''])) as Record<Name, string>;
  const boxes = () => read(ADDRESS_BOXES);
  const country = () => input('countryCode')?.value ?? '';
  function write(values: Record<string, string>) {
    for (const [name, value] of Object.entries(values)) {
      const target = input(name);
      if (target) target.value = value;
    }
  }

  // A pick that was saved with the step is in the form from the start.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the form is there
  useEffect(() => {
    const saved = read(FROM_PICK);
    const [after, before] = [boxes(), Object.fromEntries(ADDRESS_BOXES.map((name) => [name, ''])) as AddressBoxes];
    if (saved.placeDetail) pick.current = { country: country(), after, before, place: saved };
    // Chosen before the script arrived.
    if (country()) onCountry(country());
  }, []);

  function settle() {
    const kept = pick.current;
    if (!kept) return;
    const isGood = country() === kept.country && stillDescribes(kept.after, boxes());
    setPlace(isGood ? kept.place : NOTHING);
    setDropped(!isGood);
  }

  /** What the person typed: not what an earlier pick wrote, nor a search that had failed. */
  function typed(): AddressBoxes {
    const [now, earlier] = [boxes(), pick.current];
    const own = ADDRESS_BOXES.map((name) => [
      name,
      earlier?.after[name] === now[name] ? earlier.before[name] : now[name],
    ]);
    const result = Object.fromEntries(own) as AddressBoxes;
    return result.address1 === mirrored.current ? { ...result, address1: '' } : result;
  }

  const actions: AddressBoxesActions = {
    fill({ address, placeDetail, latitude, longitude }, searched) {
      const before = typed();
      const { boxes: after, ask } = mergePick(before, address, searched);
      const { streetNumber, countryCode } = address;
      const found = { streetNumber, placeDetail, latitude: `${latitude}`, longitude: `${longitude}` };
      pick.current = { country: countryCode, after, before, place: found };
      write({ ...after, countryCode });
      onCountry(countryCode);
      settle();
      input(ask?.box ?? 'address2')?.focus();
      return { replaced: ADDRESS_BOXES.some((name) => before[name] !== '' && before[name] !== after[name]), ask };
    },
    undo() {
      if (pick.current) write(pick.current.before);
      pick.current = null;
      setPlace(NOTHING);
      setDropped(false);
    },
    mirror(text) {
      const street = input('address1');
      if (!street || (street.value !== '' && street.value !== mirrored.current)) return false;
      street.value = text;
      mirrored.current = text;
      settle();
      return true;
    },
    goToOpen() {
      const open = NEEDED_BOXES.find((name) => input(name)?.value === '');
      input(open ?? 'address1')?.focus();
    },
  };

  return {
    ref,
    actions,
    place,
    isDropped,
    onInput(event: React.FormEvent) {
      if ((event.target as HTMLInputElement).name === 'countryCode') onCountry(country());
      settle();
    },
    /** Makes the boxes what the dropped place says again; the apartment stays. */
    restore() {
      const kept = pick.current;
      if (!kept) return;
      write({ ...kept.after, address2: input('address2')?.value ?? '', countryCode: kept.country });
      onCountry(kept.country);
      settle();
    },
  };
}
