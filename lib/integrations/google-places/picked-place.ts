import { MAX_PLACE_DETAIL_LENGTH } from '../../domain/address/place-detail.ts';
import {
  type FetchedPlace,
  type PickedAddress,
  toPickedAddress,
  toPlaceDetail,
} from '../../domain/address/place-mapping.ts';

/** A pick as the form takes it: texts for the boxes, coordinates in degrees, the place as JSON. */
export type PickedPlace = { address: PickedAddress; placeDetail: string; latitude: number; longitude: number };

/** A place whose JSON is too long to be taken fills the boxes alone: the customer could not shorten it. */
export function toPickedPlace(place: FetchedPlace): PickedPlace {
  const { lat: latitude, lng: longitude } = place.location;
  const json = JSON.stringify(toPlaceDetail(place));
  const placeDetail = json.length > MAX_PLACE_DETAIL_LENGTH ? '' : json;
  return { address: toPickedAddress(place), placeDetail, latitude, longitude };
}
