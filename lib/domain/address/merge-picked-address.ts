import { formatStreetLine } from './country-profiles.ts';
import { type HouseNumber, parseHouseNumber } from './house-number.ts';
import type { PickedAddress } from './place-mapping.ts';

/** The boxes that a person can fill in; a pick fills them too. */
export const ADDRESS_FIELDS = ['address1', 'address2', 'zipCode', 'city', 'address3', 'state'] as const;
export type AddressField = (typeof ADDRESS_FIELDS)[number];
export type AddressValues = Record<AddressField, string>;

/** The person's own word on which door it is: neither written over by a pick nor described by one. */
const UNIT_FIELD = 'address2';
/** What must be there, in the order of the page. */
export const REQUIRED_ADDRESS_FIELDS: readonly AddressField[] = ['address1', 'zipCode', 'city', 'state'];

/** The one part that is still to be asked for, and why: it lacks its house number, it is empty, or it may be wrong. */
export type AddressPrompt = { field: AddressField; reason: 'number' | 'part' | 'check' };

const splitWords = (text: string): string[] => text.toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
/** Whether every word of one text stands in the other. */
const hasWords = (text: string, searchedText: string) =>
  splitWords(searchedText).every((word) => splitWords(text).includes(word));

/**
 * The street's line after a pick: what the place says, and what was typed beyond it.
 *
 * @returns whether somebody has to look at it
 */
function mergeStreet(
  picked: PickedAddress,
  { number, isCertain }: HouseNumber,
): { line: string; reason?: AddressPrompt['reason'] } {
  const { address1, streetNumber, countryCode } = picked;
  const street = getStreet(picked);
  if (number === '') {
    const lacksNumber = address1 !== '' && streetNumber === '';
    return lacksNumber ? { line: address1, reason: 'number' } : { line: address1 };
  }
  const isUnfinished = splitWords(number).length === 1 && streetNumber.startsWith(number);
  if (isUnfinished || number.replace(/^#/, '') === streetNumber.replace(/^# ?/, '')) return { line: address1 };
  // "123 1/2" where the map has 123, and the lot whose number the map took for the house's.
  const isMoreExact = streetNumber === '' || (isCertain && hasWords(number, streetNumber));
  const line = isMoreExact ? formatStreetLine(street, number, countryCode) : `${address1} ${number}`.trim();
  return isMoreExact && isCertain && street !== '' ? { line } : { line, reason: 'check' };
}

/** The street alone. */
const getStreet = ({ address1, streetNumber }: PickedAddress) =>
  streetNumber === ''
    ? address1
    : address1
        .split(streetNumber)
        .join(' ')
        .replace(/\s+/g, ' ')
        .replace(/^[\s,]+|[\s,]+$/g, '');

/** The second line after a pick, and what of the typed unit has no place in it. */
function mergeUnit(currentUnit: string, pickedUnit: string, searchedUnit: string): { line: string; rest: string } {
  if (currentUnit !== '')
    return {
      line: currentUnit,
      rest: hasWords(currentUnit, searchedUnit.replace(/\p{L}{2,}/gu, '')) ? '' : searchedUnit,
    };
  if (searchedUnit === '' || hasWords(pickedUnit, searchedUnit)) return { line: pickedUnit, rest: '' };
  return { line: hasWords(searchedUnit, pickedUnit) ? searchedUnit : `${pickedUnit} ${searchedUnit}`.trim(), rest: '' };
}

/**
 * What the boxes hold after a pick. The place says what it knows; a part that it lacks stays as it was typed. Of what was
 * typed into the search, nothing with a digit is lost: the house number, a block and lot or a kilometer stay in the street's
 * line, a unit goes to the second line, and what cannot be read for certain stays as typed and is asked about.
 *
 * @param searchText what was typed into the search box
 * @returns the boxes and the one part that is still to be asked for, if any
 */
export function mergePickedAddress(
  currentValues: AddressValues,
  pickedAddress: PickedAddress,
  searchText: string,
): { fields: AddressValues; prompt: AddressPrompt | undefined } {
  const { zipCode, city, address3, state, countryCode } = pickedAddress;
  const placeParts = [getStreet(pickedAddress), zipCode, city, address3, state, countryCode];
  const searchedNumber = parseHouseNumber(searchText, placeParts);
  const houseNumber =
    searchedNumber.number || searchedNumber.unit
      ? searchedNumber
      : parseHouseNumber(currentValues.address1, placeParts);
  const unit = mergeUnit(currentValues[UNIT_FIELD], pickedAddress[UNIT_FIELD], houseNumber.unit);
  const street = mergeStreet(pickedAddress, houseNumber);
  const fields = Object.fromEntries(
    ADDRESS_FIELDS.map((name) => [name, pickedAddress[name] || currentValues[name]]),
  ) as AddressValues;
  fields.address1 = [street.line || currentValues.address1, unit.rest].filter(Boolean).join(' ');
  fields.address2 = unit.line;
  const emptyField = REQUIRED_ADDRESS_FIELDS.find((name) => fields[name] === '');
  if (emptyField) return { fields, prompt: { field: emptyField, reason: 'part' } };
  const reason = unit.rest ? 'check' : street.reason;
  return { fields, prompt: reason && { field: 'address1', reason } };
}

/**
 * Whether a place still describes what the boxes hold. Adding to it (a number, a part that it lacked) completes it;
 * changing what it said makes it another address, whose coordinates these are not.
 *
 * @param pickedValues the boxes as the pick left them
 */
export function matchesAddress(pickedValues: AddressValues, currentValues: AddressValues): boolean {
  const normalizeLine = (text: string) => text.trim().replace(/\s+/g, ' ').toLowerCase();
  return ADDRESS_FIELDS.every((name) => {
    const [before, current] = [normalizeLine(pickedValues[name]), normalizeLine(currentValues[name])];
    if (name === UNIT_FIELD || before === '' || before === current) return true;
    return name === 'address1' && ` ${current} `.includes(` ${before} `);
  });
}
