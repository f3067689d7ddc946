import { withHouseNumber } from './country-profiles.ts';
import type { PickedAddress } from './place-mapping.ts';
import { readTypedDoor, type TypedDoor } from './typed-door.ts';

/** The boxes that a person can fill in; a pick fills them too. */
export const ADDRESS_BOXES = ['address1', 'address2', 'zipCode', 'city', 'address3', 'state'] as const;
export type AddressBox = (typeof ADDRESS_BOXES)[number];
export type AddressBoxes = Record<AddressBox, string>;

/** The person's own word on which door it is: neither written over by a pick nor described by one. */
const OWN_WORD = 'address2';
/** What must be there, in the order of the page. */
export const NEEDED_BOXES: readonly AddressBox[] = ['address1', 'zipCode', 'city', 'state'];

/** The one part that is still to be asked for, and why: it lacks its house number, it is empty, or it may be wrong. */
export type Ask = { box: AddressBox; why: 'number' | 'part' | 'check' };

const wordsOf = (text: string): string[] => text.toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
/** Whether every word of one text stands in the other. */
const holds = (text: string, part: string) => wordsOf(part).every((word) => wordsOf(text).includes(word));

/**
 * The street's line after a pick: what the place says, and what was typed beyond it.
 *
 * @returns whether somebody has to look at it
 */
function mergeStreet(picked: PickedAddress, { number, isCertain }: TypedDoor): { line: string; why?: Ask['why'] } {
  const { address1, streetNumber, countryCode } = picked;
  const street = streetOf(picked);
  if (number === '') {
    const lacksNumber = address1 !== '' && streetNumber === '';
    return lacksNumber ? { line: address1, why: 'number' } : { line: address1 };
  }
  const isUnfinished = wordsOf(number).length === 1 && streetNumber.startsWith(number);
  if (isUnfinished || number.replace(/^#/, '') === streetNumber.replace(/^# ?/, '')) return { line: address1 };
  // "123 1/2" where the map has 123, and the lot whose number the map took for the house's.
  const isMoreExact = streetNumber === '' || (isCertain && holds(number, streetNumber));
  const line = isMoreExact ? withHouseNumber(street, number, countryCode) : `${address1} ${number}`.trim();
  return isMoreExact && isCertain && street !== '' ? { line } : { line, why: 'check' };
}

/** The street alone. */
const streetOf = ({ address1, streetNumber }: PickedAddress) =>
  streetNumber === ''
    ? address1
    : address1
        .split(streetNumber)
        .join(' ')
        .replace(/\s+/g, ' ')
        .replace(/^[\s,]+|[\s,]+$/g, '');

/** The second line after a pick, and what of the typed unit has no place in it. */
function mergeUnit(typed: string, picked: string, unit: string): { line: string; rest: string } {
  if (typed !== '') return { line: typed, rest: holds(typed, unit.replace(/\p{L}{2,}/gu, '')) ? '' : unit };
  if (unit === '' || holds(picked, unit)) return { line: picked, rest: '' };
  return { line: holds(unit, picked) ? unit : `${picked} ${unit}`.trim(), rest: '' };
}

/**
 * What the boxes hold after a pick. The place says what it knows; a part that it lacks stays as it was typed. Of what was
 * typed into the search, nothing with a digit is lost: the house number, a block and lot or a kilometer stay in the street's
 * line, a unit goes to the second line, and what cannot be read for certain stays as typed and is asked about.
 *
 * @param searched what was typed into the search box
 * @returns the boxes and the one part that is still to be asked for, if any
 */
export function mergePick(
  typed: AddressBoxes,
  picked: PickedAddress,
  searched: string,
): { boxes: AddressBoxes; ask: Ask | undefined } {
  const { zipCode, city, address3, state, countryCode } = picked;
  const known = [streetOf(picked), zipCode, city, address3, state, countryCode];
  const sought = readTypedDoor(searched, known);
  const door = sought.number || sought.unit ? sought : readTypedDoor(typed.address1, known);
  const unit = mergeUnit(typed[OWN_WORD], picked[OWN_WORD], door.unit);
  const street = mergeStreet(picked, door);
  const boxes = Object.fromEntries(ADDRESS_BOXES.map((name) => [name, picked[name] || typed[name]])) as AddressBoxes;
  boxes.address1 = [street.line || typed.address1, unit.rest].filter(Boolean).join(' ');
  boxes.address2 = unit.line;
  const empty = NEEDED_BOXES.find((name) => boxes[name] === '');
  if (empty) return { boxes, ask: { box: empty, why: 'part' } };
  const why = unit.rest ? 'check' : street.why;
  return { boxes, ask: why && { box: 'address1', why } };
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
