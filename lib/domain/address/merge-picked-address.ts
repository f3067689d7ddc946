import {
  ADDRESS_FIELDS,
  type AddressField,
  type AddressValues,
  REQUIRED_ADDRESS_FIELDS,
  UNIT_FIELD,
} from './address-values.ts';
import { formatStreetLine } from './country-profiles.ts';
import { type HouseNumber, parseHouseNumber } from './house-number.ts';
import type { PickedAddress } from './place-mapping.ts';

/** Parts that a place may lack, in the order of the page. Street and number share a field. */
export const ADDRESS_PARTS = ['street', 'number', 'zipCode', 'city', 'state'] as const;
export type AddressPart = (typeof ADDRESS_PARTS)[number];

/** The field to ask for and the missing parts; with no part missing, the customer has to check the field. */
export type AddressPrompt = { field: AddressField; missing: readonly AddressPart[] };

const splitWords = (text: string): string[] => text.toLowerCase().match(/[\p{L}\d]+/gu) ?? [];
const hasWords = (text: string, searchedText: string) =>
  splitWords(searchedText).every((word) => splitWords(text).includes(word));

type StreetLine = { line: string; missing: readonly AddressPart[]; needsCheck: boolean };

/** Joins the place's street with the house number that the customer typed. */
function mergeStreet(picked: PickedAddress, { number, rest, hasNumber, isCertain }: HouseNumber): StreetLine {
  const { address1, streetNumber, countryCode } = picked;
  const street = getStreet(picked);
  const missingStreet: AddressPart[] = street === '' ? ['street'] : [];
  if (street === '' && rest !== '') return { line: rest, missing: missingStreet, needsCheck: false };
  if (number === '') {
    const missing: AddressPart[] = streetNumber === '' ? [...missingStreet, 'number'] : missingStreet;
    return { line: address1, missing, needsCheck: false };
  }
  if (!hasNumber && streetNumber === '')
    return { line: formatStreetLine(street, number, countryCode), missing: ['number'], needsCheck: false };
  const isUnfinished = splitWords(number).length === 1 && streetNumber.startsWith(number);
  if (isUnfinished || number.replace(/^#/, '') === streetNumber.replace(/^# ?/, ''))
    return { line: address1, missing: missingStreet, needsCheck: false };
  // "123 1/2" where the place has 123, or a lot whose number the place has as house number.
  const isMoreExact = streetNumber === '' || (isCertain && hasWords(number, streetNumber));
  const line = isMoreExact ? formatStreetLine(street, number, countryCode) : `${address1} ${number}`.trim();
  return { line, missing: missingStreet, needsCheck: !isMoreExact || !isCertain };
}

/** A place without a street replaces no street that the customer typed below. */
const addNumber = (line: string, number: string): StreetLine =>
  hasWords(line, number)
    ? { line, missing: [], needsCheck: false }
    : { line: `${line} ${number}`, missing: [], needsCheck: true };

const getStreet = ({ address1, streetNumber }: PickedAddress) =>
  streetNumber === ''
    ? address1
    : address1
        .split(streetNumber)
        .join(' ')
        .replace(/\s+/g, ' ')
        .replace(/^[\s,]+|[\s,]+$/g, '');

/** Returns the place's American code with the four digits that the customer typed behind it. */
const findExtendedZipCode = (searchText: string, { zipCode, countryCode }: PickedAddress): string | undefined =>
  countryCode === 'US' ? searchText.match(/\b\d{5}-\d{4}\b/g)?.find((code) => code.startsWith(zipCode)) : undefined;

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
  const { city, address3, state, countryCode } = pickedAddress;
  const zipCode = findExtendedZipCode(searchText, pickedAddress) ?? pickedAddress.zipCode;
  const placeParts = [getStreet(pickedAddress), zipCode, city, address3, state, countryCode];
  const parse = (text: string) => parseHouseNumber(text, placeParts, countryCode);
  const searchedNumber = parse(searchText);
  const isTypedStreet = getStreet(pickedAddress) === '' && currentValues.address1 !== '';
  const houseNumber =
    isTypedStreet || searchedNumber.number || searchedNumber.unit ? searchedNumber : parse(currentValues.address1);
  const unit = mergeUnit(currentValues[UNIT_FIELD], pickedAddress[UNIT_FIELD], houseNumber.unit);
  const street = isTypedStreet
    ? addNumber(currentValues.address1, houseNumber.number)
    : mergeStreet(pickedAddress, houseNumber);
  const fields = Object.fromEntries(
    ADDRESS_FIELDS.map((name) => [name, pickedAddress[name] || currentValues[name]]),
  ) as AddressValues;
  fields.address1 = [street.line || currentValues.address1, unit.rest].filter(Boolean).join(' ');
  fields.address2 = unit.line;
  fields.zipCode = zipCode || currentValues.zipCode;
  const emptyFields = REQUIRED_ADDRESS_FIELDS.filter((name) => name !== 'address1' && fields[name] === '');
  const missing = ADDRESS_PARTS.filter((part) => [...street.missing, ...emptyFields].includes(part));
  const [firstField] = street.missing.length > 0 ? (['address1'] as const) : emptyFields;
  if (firstField) return { fields, prompt: { field: firstField, missing } };
  return { fields, prompt: unit.rest || street.needsCheck ? { field: 'address1', missing: [] } : undefined };
}
