/** Component types for each address field, best first, and the format of a street line. */
type CountryProfile = {
  city: readonly string[];
  /** Tried after `city` for a place without a street, such as a village. */
  cityOfPlaceWithoutStreet: readonly string[];
  address3: readonly string[];
  isNumberFirst: boolean;
  /** Between street and number. */
  separator: string;
  hasPostalSuffix: boolean;
  /** The state field shows the short name, for countries without a table in `states.ts`. */
  hasShortState: boolean;
};

const DISTRICT_TYPES = ['sublocality_level_1', 'sublocality', 'neighborhood'];

const DEFAULT_PROFILE: CountryProfile = {
  city: [
    'locality',
    'postal_town',
    'sublocality_level_1',
    'administrative_area_level_3',
    'administrative_area_level_2',
  ],
  cityOfPlaceWithoutStreet: [],
  address3: ['neighborhood', 'sublocality_level_1'],
  isNumberFirst: true,
  separator: ' ',
  hasPostalSuffix: false,
  hasShortState: true,
};
const NORTH_AMERICA: CountryProfile = { ...DEFAULT_PROFILE, hasShortState: false };
const NUMBER_LAST: CountryProfile = { ...NORTH_AMERICA, isNumberFirst: false };

/** docs/vendor-notes.md#8-places-address-components */
const PROFILES: Readonly<Record<string, CountryProfile>> = {
  // The vendor's example has the colonia in `city` and the city in `address3`. A street needs a colonia; a village has none.
  MX: {
    ...NUMBER_LAST,
    city: DISTRICT_TYPES,
    cityOfPlaceWithoutStreet: ['locality', 'administrative_area_level_2'],
    address3: ['locality', 'administrative_area_level_1'],
  },
  US: NORTH_AMERICA,
  CA: NORTH_AMERICA,
  // Municipalities are second-level areas in Brazil, and localities are rare.
  BR: { ...NUMBER_LAST, city: ['locality', 'administrative_area_level_2'], address3: DISTRICT_TYPES, separator: ', ' },
  // C1405 and CJA are two components of one code.
  AR: { ...NUMBER_LAST, address3: DISTRICT_TYPES, hasPostalSuffix: true },
  CO: NUMBER_LAST,
};

export const getCountryProfile = (country: string): CountryProfile => PROFILES[country] ?? DEFAULT_PROFILE;

/** Joins street and house number in the country's order. Either may be empty. */
export function formatStreetLine(street: string, number: string, country: string): string {
  const { isNumberFirst, separator } = getCountryProfile(country);
  const parts = [street, number].filter(Boolean);
  return isNumberFirst ? parts.reverse().join(' ') : parts.join(separator);
}
