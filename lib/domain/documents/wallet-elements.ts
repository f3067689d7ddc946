import { findState, hasStateTable } from '../address/states.ts';
import { hasLetter, normalizeText } from '../text/normalize.ts';
import { readPostalCode } from './aamva.ts';
import { type PersonFields, toBirthDate, withoutEmpty } from './person-fields.ts';

/** Elements of ISO/IEC 18013-5, 7.2.1, that the form cannot do without, and those that it has a field for. */
export const REQUIRED_ELEMENTS = ['given_name', 'family_name', 'birth_date'] as const;
export const WALLET_ELEMENTS = [
  ...REQUIRED_ELEMENTS,
  'sex',
  'resident_address',
  'resident_city',
  'resident_state',
  'resident_postal_code',
  'resident_country',
] as const;
type ElementName = (typeof WALLET_ELEMENTS)[number];

/** Elements of a verified document: `sex` is a number, `birth_date` is `YYYY-MM-DD`, the others are texts. */
export type WalletElements = Partial<Record<ElementName, string | number>>;

/** The vendor's values for those of ISO/IEC 5218. Zero is "not known", nine "not applicable". */
const GENDERS: Readonly<Record<number, string>> = { 1: 'Male', 2: 'Female' };

/** ISO 3166-1 alpha-2. */
const COUNTRY = /^[A-Z]{2}$/;

const readText = (value: string | number | undefined) => (typeof value === 'string' ? normalizeText(value) : '');
const readName = (value: string | number | undefined) => [readText(value)].find(hasLetter);

/** Returns the address, or nothing when a part is missing that a form cannot do without. */
function readAddress(elements: WalletElements): PersonFields {
  const address1 = readText(elements.resident_address);
  const city = readText(elements.resident_city);
  const countryCode = readText(elements.resident_country);
  const stateText = readText(elements.resident_state);
  const state = hasStateTable(countryCode) ? findState(countryCode, stateText)?.name : stateText;
  if (!hasLetter(address1) || !hasLetter(city) || !COUNTRY.test(countryCode) || !state) return {};
  const postalCode = readText(elements.resident_postal_code);
  const zipCode = ['US', 'CA'].includes(countryCode) ? readPostalCode(postalCode, countryCode) : postalCode;
  return withoutEmpty({ address1, city, state, zipCode, countryCode });
}

/**
 * Maps the elements of a verified driving licence or ID pass to fields of the form (docs/document-mapping.md#wallet-id). Names stay as
 * the issuer wrote them. A value of another type than the standard's is left out.
 */
export function toPersonFields(elements: WalletElements): PersonFields {
  const [year = '', month = '', day = ''] = readText(elements.birth_date).split('-');
  return withoutEmpty({
    firstName: readName(elements.given_name),
    lastName: readName(elements.family_name),
    dob: toBirthDate(year, month, day),
    gender: typeof elements.sex === 'number' ? GENDERS[elements.sex] : undefined,
    ...readAddress(elements),
  });
}
