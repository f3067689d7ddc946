import { MAX_PLACE_DETAIL, parsePlaceDetail } from '../../address/place.ts';
import { MAX_CHOICE, MAX_DEGREES, MAX_LINE, readDegrees } from '../../text/text.ts';
import { always, type Step } from '../step.ts';
import { type AddressAnswer, addressSchema, MAX_STREET_NUMBER, MAX_ZIP_CODE } from './schema.ts';

const maxLengths = {
  address1: MAX_LINE,
  address2: MAX_LINE,
  zipCode: MAX_ZIP_CODE,
  city: MAX_LINE,
  address3: MAX_LINE,
  state: MAX_LINE,
  countryCode: MAX_CHOICE,
  streetNumber: MAX_STREET_NUMBER,
  placeDetail: MAX_PLACE_DETAIL,
  latitude: MAX_DEGREES,
  longitude: MAX_DEGREES,
};

export const addressStep = {
  id: 'address',
  maxLengths,
  fields: Object.keys(maxLengths),
  schema: addressSchema,
  appliesTo: always,
  scripted: {
    placeDetail: (text) => parsePlaceDetail(text) !== undefined,
    latitude: (text) => readDegrees(text, 90) !== undefined,
    longitude: (text) => readDegrees(text, 180) !== undefined,
  },
} satisfies Step<'address', AddressAnswer>;
