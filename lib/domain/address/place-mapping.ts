import { isUnitWord } from './address-words.ts';
import { formatStreetLine, getCountryProfile } from './country-profiles.ts';
import type { PlaceDetail } from './place-detail.ts';

type AddressComponent = { longText: string; shortText: string; types: readonly string[] };
type Viewport = { south: number; west: number; north: number; east: number };

/** Data of a place from Google's current API. Coordinates in degrees (WGS 84). */
export type FetchedPlace = {
  id: string;
  formattedAddress: string;
  addressComponents: readonly AddressComponent[];
  location: { lat: number; lng: number };
  viewport?: Viewport | undefined;
  /** Google's street line in the country's format, if there is one. */
  streetLine?: string | undefined;
  types: readonly string[];
};

/** Address fields of a place under the vendor's names. Missing parts are empty. */
export type PickedAddress = {
  address1: string;
  address2: string;
  address3: string;
  streetNumber: string;
  city: string;
  state: string;
  zipCode: string;
  countryCode: string;
};

/**
 * Maps a place to address fields. It finds components by type: Google guarantees neither their order nor their presence.
 * A missing part is empty, so that the page asks for it.
 */
export function toPickedAddress(place: FetchedPlace): PickedAddress {
  const findComponent = (type: string) => place.addressComponents.find(({ types }) => types.includes(type));
  const getLongText = (...types: readonly string[]) =>
    types.map((type) => findComponent(type)?.longText ?? '').find(Boolean) ?? '';
  const getShortText = (type: string) => findComponent(type)?.shortText ?? '';

  const countryCode = getShortText('country');
  const profile = getCountryProfile(countryCode);
  const [route, streetNumber] = [getLongText('route'), getLongText('street_number')];
  const isStreet = route !== '' || Boolean(place.streetLine);
  const city = getLongText(...(isStreet ? profile.city : [...profile.city, ...profile.cityOfPlaceWithoutStreet]));
  const address3 = getLongText(...profile.address3);
  const suffix = profile.hasPostalSuffix ? getShortText('postal_code_suffix') : '';
  const unit = getLongText('subpremise');
  const street = place.streetLine || formatStreetLine(route, streetNumber, countryCode);
  return {
    address1: removeUnit(street, unit),
    address2: unit,
    address3: address3 === city ? '' : address3,
    streetNumber,
    city,
    state: profile.hasShortState
      ? getShortText('administrative_area_level_1')
      : getLongText('administrative_area_level_1'),
    zipCode: getLongText('postal_code') + suffix,
    countryCode,
  };
}

/**
 * Removes the unit that Google repeats in the street line, whatever word or sign it has there: `905 Cedar Mesa Dr #12`, `Apt 12, 905
 * Cedar Mesa Dr`. Without a word or sign before it, the number may belong to the street.
 */
function removeUnit(line: string, unit: string): string {
  const normalize = (word: string) => word.replace(/^#|,$/g, '').toLowerCase();
  const number = normalize(unit.split(/[\s#]+/).at(-1) ?? '');
  const words = line.replace(/#\s+/g, '#').split(' ');
  const isUnit = (word = '', before = '') =>
    number !== '' && normalize(word) === number && (word.startsWith('#') || isUnitWord(normalize(before)));
  if (isUnit(words.at(-1), words.at(-2))) words.length -= isUnitWord(normalize(words.at(-2) ?? '')) ? 2 : 1;
  else if (isUnit(words[0])) words.shift();
  else if (isUnit(words[1], words[0])) words.splice(0, 2);
  else return line;
  return words.join(' ').replace(/,$/, '');
}

/** Converts a place to the vendor's `placeDetail`. */
export function toPlaceDetail(place: FetchedPlace): PlaceDetail {
  const { viewport } = place;
  return {
    place_id: place.id,
    formatted_address: place.formattedAddress,
    address_components: place.addressComponents.map(({ longText, shortText, types }) => ({
      long_name: longText,
      short_name: shortText,
      types: [...types],
    })),
    geometry: {
      location: place.location,
      ...(viewport && {
        viewport: {
          northeast: { lat: viewport.north, lng: viewport.east },
          southwest: { lat: viewport.south, lng: viewport.west },
        },
      }),
    },
    types: [...place.types],
    html_attributions: [],
  };
}
