import { formatStreetLine } from './country-profiles.ts';
import { type HouseNumber, parseHouseNumber } from './house-number.ts';
import type { PickedAddress } from './place-mapping.ts';

export const ADDRESS_FIELDS = ['address1', 'address2', 'zipCode', 'city', 'address3', 'state'] as const;
export type AddressField = (typeof ADDRESS_FIELDS)[number];
export type AddressValues = Record<AddressField, string>;

/** Only the customer knows the unit: a place neither overwrites nor describes it. */
const UNIT_FIELD = 'address2';
/** In the order of the page. */
export const REQUIRED_ADDRESS_FIELDS: readonly AddressField[] = ['address1', 'zipCode', 'city', 'state'];

/** The field to ask for, because its house number is missing, it is empty, or it may be wrong. */
export type AddressPrompt = { field: AddressField; reason: 'number' | 'part' | 'check' };

const splitWords = (text: string): string[] => text.toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
const hasWords = (text: string, searchedText: string) =>
  splitWords(searchedText).every((word) => splitWords(text).includes(word));

/**
 * Joins the place's street with the house number that the customer typed.
 *
 * @returns the line, with a reason if the customer has to check it
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
  // "123 1/2" where the place has 123, or a lot whose number the place has as house number.
  const isMoreExact = streetNumber === '' || (isCertain && hasWords(number, streetNumber));
  const line = isMoreExact ? formatStreetLine(street, number, countryCode) : `${address1} ${number}`.trim();
  return isMoreExact && isCertain && street !== '' ? { line } : { line, reason: 'check' };
}

const getStreet = ({ address1, streetNumber }: PickedAddress) =>
  streetNumber === ''
    ? address1
    : address1
        .split(streetNumber)
        .join(' ')
        .replace(/\s+/g, ' ')
        .replace(/^[\s,]+|[\s,]+$/g, '');

/** Returns the second line, and the typed unit that does not fit in it. */
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
 * Fills the address fields from a chosen place. A part that the place lacks stays as typed. No word with a digit in the
 * search text is lost: house number, lot or kilometer stay in the street line, a unit goes to the second line.
 *
 * @returns the fields, and the field that the customer still has to fill in or check
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
 * Tells whether a place still describes the fields. A customer may add to them (a number, a missing part); a changed part
 * makes it another address with other coordinates.
 *
 * @param pickedValues the fields right after the choice
 */
export function matchesAddress(pickedValues: AddressValues, currentValues: AddressValues): boolean {
  const normalizeLine = (text: string) => text.trim().replace(/\s+/g, ' ').toLowerCase();
  return ADDRESS_FIELDS.every((name) => {
    const [before, current] = [normalizeLine(pickedValues[name]), normalizeLine(currentValues[name])];
    if (name === UNIT_FIELD || before === '' || before === current) return true;
    return name === 'address1' && ` ${current} `.includes(` ${before} `);
  });
}
