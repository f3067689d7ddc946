import { parsePlaceDetail } from '../../address/place.ts';
import { readDegrees } from '../../text/text.ts';
import { always, type Step } from '../step.ts';
import { type AddressAnswer, addressSchema } from './schema.ts';

export const addressStep = {
  id: 'address',
  fields: [
    ...['address1', 'address2', 'zipCode', 'city', 'address3', 'state', 'countryCode'],
    ...['streetNumber', 'placeDetail', 'latitude', 'longitude'],
  ],
  schema: addressSchema,
  appliesTo: always,
  ownNumbers: {
    placeDetail: (text) => parsePlaceDetail(text) !== undefined,
    latitude: (text) => readDegrees(text, 90) !== undefined,
    longitude: (text) => readDegrees(text, 180) !== undefined,
  },
} satisfies Step<'address', AddressAnswer>;
