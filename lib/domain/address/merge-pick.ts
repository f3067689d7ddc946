import { withHouseNumber } from './country-profiles.ts';
import type { PickedAddress } from './place-mapping.ts';

/** The boxes that a person can fill in; a pick fills them too. */
export const ADDRESS_BOXES = ['address1', 'address2', 'zipCode', 'city', 'address3', 'state'] as const;
export type AddressBox = (typeof ADDRESS_BOXES)[number];
export type AddressBoxes = Record<AddressBox, string>;

/** The person's own word on which door it is: neither written over by a pick nor described by one. */
const OWN_WORD = 'address2';
/** What must be there, in the order of the page. */
export const NEEDED_BOXES: readonly AddressBox[] = ['address1', 'zipCode', 'city', 'state'];

/** A house number that somebody typed and the place does not know: `296`, `12-B`, `#7`. */
function typedNumber(typed: string, { address1, zipCode, city, address3, state }: PickedAddress): string {
  const known = new Set(
    [address1, zipCode, city, address3, state]
      .join(' ')
      .toLowerCase()
      .split(/[\s,]+/),
  );
  const found = typed.match(/(?<![\p{L}\d])#?\d{1,5}(?:-?\p{L})?(?:-\d{1,4})?(?![\p{L}\d])/gu) ?? [];
  return found.find((number) => !known.has(number.toLowerCase())) ?? '';
}

/**
 * What the boxes hold after a pick. The place says what it knows; a part that it lacks stays as it was typed, and a
 * house number that was typed into the search is kept when the place is only a street.
 *
 * @param searched what was typed into the search box
 * @returns the boxes and the one part that is still to be asked for, if any
 */
export function mergePick(
  typed: AddressBoxes,
  picked: PickedAddress,
  searched: string,
): { boxes: AddressBoxes; ask: AddressBox | undefined } {
  const boxes = Object.fromEntries(
    ADDRESS_BOXES.map((name) => [name, name === OWN_WORD ? typed[name] || picked[name] : picked[name] || typed[name]]),
  ) as AddressBoxes;
  let lacksNumber = picked.address1 !== '' && picked.streetNumber === '';
  if (lacksNumber) {
    const number = typedNumber(searched, picked) || typedNumber(typed.address1, picked);
    boxes.address1 = withHouseNumber(picked.address1, number, picked.countryCode);
    lacksNumber = number === '';
  }
  const ask = NEEDED_BOXES.find((name) => boxes[name] === '') ?? (lacksNumber ? 'address1' : undefined);
  return { boxes, ask };
}

/**
 * Whether a place still describes what the boxes hold. Adding to it (a number, a part that it lacked) completes it;
 * changing what it said makes it another address, whose coordinates these are not.
 *
 * @param after the boxes as the pick left them
 */
export function stillDescribes(after: AddressBoxes, now: AddressBoxes): boolean {
  const same = (text: string) => text.trim().replace(/\s+/g, ' ').toLowerCase();
  return ADDRESS_BOXES.every((name) => {
    const [before, current] = [same(after[name]), same(now[name])];
    if (name === OWN_WORD || before === '' || before === current) return true;
    return name === 'address1' && ` ${current} `.includes(` ${before} `);
  });
}
