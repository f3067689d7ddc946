import { MAX_PLACE_DETAIL_LENGTH } from '../../domain/address/place-detail.ts';
import {
  type FetchedPlace,
  type PickedAddress,
  toPickedAddress,
  toPlaceDetail,
} from '../../domain/address/place-mapping.ts';

/** Texts for the fields, coordinates in degrees, and the place as JSON. */
export type PickedPlace = { address: PickedAddress; placeDetail: string; latitude: number; longitude: number };

/** Converts a place for the form. Too long JSON is dropped, because the customer could not shorten it. */
export function toPickedPlace(place: FetchedPlace): PickedPlace {
  const { lat: latitude, lng: longitude } = place.location;
  const json = JSON.stringify(toPlaceDetail(place));
  const placeDetail = json.length > MAX_PLACE_DETAIL_LENGTH ? '' : json;
  return { address: toPickedAddress(place), placeDetail, latitude, longitude };
}
