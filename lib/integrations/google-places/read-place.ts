import type { AddressValues } from '../../domain/address/address-values.ts';
import { type AddressPrompt, mergePickedAddress } from '../../domain/address/merge-picked-address.ts';
import { type FetchedPlace, toPickedAddress, toPlaceDetail } from '../../domain/address/place-mapping.ts';
import { MAX_PLACE_DETAIL_LENGTH } from '../../domain/text/max-lengths.ts';

/** A chosen place for the form. */
export type PickedPlace = {
  country: string;
  /** Texts of the hidden fields: house number, coordinates in degrees, and the place as JSON. */
  hidden: { streetNumber: string; placeDetail: string; latitude: string; longitude: string };
  /** Joins the place with what the customer typed. */
  merge: (typed: AddressValues) => { fields: AddressValues; prompt: AddressPrompt | undefined };
};

/**
 * Converts a place for the form. Too long JSON is dropped, because the customer could not shorten it.
 *
 * @param searchText what the customer typed into the search
 */
export function readPlace(place: FetchedPlace, searchText: string): PickedPlace {
  const { lat, lng } = place.location;
  const json = JSON.stringify(toPlaceDetail(place));
  const placeDetail = json.length > MAX_PLACE_DETAIL_LENGTH ? '' : json;
  const address = toPickedAddress(place);
  return {
    country: address.countryCode,
    hidden: { streetNumber: address.streetNumber, placeDetail, latitude: `${lat}`, longitude: `${lng}` },
    merge: (typedFields) => mergePickedAddress(typedFields, address, searchText),
  };
}
