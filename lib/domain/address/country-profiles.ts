/** Which part of a place goes into which of our fields, and how a street line is written. Component types, best first. */
type Profile = {
  city: readonly string[];
  /** Tried after `city` for a place that is no street: there the town is all there is. */
  cityOfPlaceWithoutStreet: readonly string[];
  address3: readonly string[];
  numberFirst: boolean;
  /** What stands between street and number. */
  separator: string;
  joinPostalSuffix: boolean;
  /** The state box shows the full name, which `states.ts` can spell any way; a country that is not there, the short. */
  stateInShort: boolean;
};

const DISTRICTS = ['sublocality_level_1', 'sublocality', 'neighborhood'];

const OTHERS: Profile = {
  city: [
    ...['locality', 'postal_town', 'sublocality_level_1', 'administrative_area_level_3'],
    'administrative_area_level_2',
  ],
  cityOfPlaceWithoutStreet: [],
  address3: ['neighborhood', 'sublocality_level_1'],
  numberFirst: true,
  separator: ' ',
  joinPostalSuffix: false,
  stateInShort: true,
};
const NORTH_AMERICA: Profile = { ...OTHERS, stateInShort: false };
const NUMBER_LAST: Profile = { ...NORTH_AMERICA, numberFirst: false };

/** Differences between countries (integrations page, A7). */
const PROFILES: Readonly<Record<string, Profile>> = {
  // The vendor's example sends the colonia as `city` and the city as `address3`. A street without its colonia is asked
  // for it; a village has none.
  MX: {
    ...NUMBER_LAST,
    city: DISTRICTS,
    cityOfPlaceWithoutStreet: ['locality', 'administrative_area_level_2'],
    address3: ['locality', 'administrative_area_level_1'],
  },
  US: NORTH_AMERICA,
  CA: NORTH_AMERICA,
  // Municipalities are second-level areas here, and localities are rare.
  BR: { ...NUMBER_LAST, city: ['locality', 'administrative_area_level_2'], address3: DISTRICTS, separator: ', ' },
  // C1405 and CJA are two components of one code.
  AR: { ...NUMBER_LAST, address3: DISTRICTS, joinPostalSuffix: true },
  CO: NUMBER_LAST,
};

export const profileOf = (country: string): Profile => PROFILES[country] ?? OTHERS;

/** Street and house number in one line, as the country writes it. Either may be missing. */
export function withHouseNumber(street: string, number: string, country: string): string {
  const { numberFirst, separator } = profileOf(country);
  const parts = [street, number].filter(Boolean);
  return numberFirst ? parts.reverse().join(' ') : parts.join(separator);
}
