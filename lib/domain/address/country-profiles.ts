/** Which part of a place goes into which of our fields, and how a street line is written. Component types, best first. */
type CountryProfile = {
  city: readonly string[];
  /** Tried after `city` for a place that is no street: there the town is all there is. */
  cityOfPlaceWithoutStreet: readonly string[];
  address3: readonly string[];
  isNumberFirst: boolean;
  /** What stands between street and number. */
  separator: string;
  hasPostalSuffix: boolean;
  /** The state box shows the full name, which `states.ts` can spell any way; a country that is not there, the short. */
  hasShortState: boolean;
};

const DISTRICT_TYPES = ['sublocality_level_1', 'sublocality', 'neighborhood'];

const DEFAULT_PROFILE: CountryProfile = {
  city: [
    ...['locality', 'postal_town', 'sublocality_level_1', 'administrative_area_level_3'],
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

/** Differences between countries (integrations page, A7). */
const PROFILES: Readonly<Record<string, CountryProfile>> = {
  // The vendor's example sends the colonia as `city` and the city as `address3`. A street without its colonia is asked
  // for it; a village has none.
  MX: {
    ...NUMBER_LAST,
    city: DISTRICT_TYPES,
    cityOfPlaceWithoutStreet: ['locality', 'administrative_area_level_2'],
    address3: ['locality', 'administrative_area_level_1'],
  },
  US: NORTH_AMERICA,
  CA: NORTH_AMERICA,
  // Municipalities are second-level areas here, and localities are rare.
  BR: { ...NUMBER_LAST, city: ['locality', 'administrative_area_level_2'], address3: DISTRICT_TYPES, separator: ', ' },
  // C1405 and CJA are two components of one code.
  AR: { ...NUMBER_LAST, address3: DISTRICT_TYPES, hasPostalSuffix: true },
  CO: NUMBER_LAST,
};

export const getCountryProfile = (country: string): CountryProfile => PROFILES[country] ?? DEFAULT_PROFILE;

/** Street and house number in one line, as the country writes it. Either may be missing. */
export function formatStreetLine(street: string, number: string, country: string): string {
  const { isNumberFirst, separator } = getCountryProfile(country);
  const parts = [street, number].filter(Boolean);
  return isNumberFirst ? parts.reverse().join(' ') : parts.join(separator);
}
