import { parsePlaceDetail } from '../../address/place-detail.ts';
import { parseDegrees } from '../../text/degrees.ts';

/** Tests the texts that the address search fills in. */
export const isAddressTextReadable = {
  placeDetail: (text: string) => parsePlaceDetail(text) !== undefined,
  latitude: (text: string) => parseDegrees(text, 90) !== undefined,
  longitude: (text: string) => parseDegrees(text, 180) !== undefined,
};
