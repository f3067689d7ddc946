import {
  type FetchedPlace,
  type PickedAddress,
  toPickedAddress,
  toPlaceDetail,
} from '../domain/address/place-mapping.ts';

/** A pick as the form takes it: texts for the boxes, coordinates in degrees, the place as JSON. */
export type PickedPlace = { address: PickedAddress; placeDetail: string; latitude: number; longitude: number };

export function toPickedPlace(place: FetchedPlace): PickedPlace {
  const { lat: latitude, lng: longitude } = place.location;
  return { address: toPickedAddress(place), placeDetail: JSON.stringify(toPlaceDetail(place)), latitude, longitude };
}
