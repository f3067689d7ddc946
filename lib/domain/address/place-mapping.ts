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

/** Removes the unit that Google appends to the street line: `905 Cedar Mesa Dr #12`. */
function removeUnit(line: string, unit: string): string {
  const end = line.length - unit.length;
  if (unit === '' || !line.endsWith(unit)) return line;
  const before = line.slice(0, end).trimEnd();
  const hasSign = before.endsWith('#');
  const words = (hasSign ? before.slice(0, -1) : before).split(' ').filter(Boolean);
  const isUnit = isUnitWord(words.at(-1) ?? '');
  // Without a word or sign before it, the number may belong to the street.
  if (!isUnit && !hasSign) return line;
  const rest = (isUnit ? words.slice(0, -1) : words).join(' ');
  return rest.endsWith(',') ? rest.slice(0, -1) : rest;
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
