import { MAX_PLACE_DETAIL_LENGTH, parsePlaceDetail } from '../../address/place-detail.ts';
import {
  CHECKBOX_VALUE,
  MAX_CHOICE_LENGTH,
  MAX_DEGREES_LENGTH,
  MAX_LINE_LENGTH,
  parseDegrees,
} from '../../text/text-schemas.ts';
import { isAlwaysApplicable, type Step } from '../step.ts';
import { type AddressAnswer, createAddressSchema, MAX_STREET_NUMBER_LENGTH, MAX_ZIP_CODE_LENGTH } from './schema.ts';

const maxLengths = {
  address1: MAX_LINE_LENGTH,
  address2: MAX_LINE_LENGTH,
  zipCode: MAX_ZIP_CODE_LENGTH,
  zipCodeConfirmed: CHECKBOX_VALUE.length,
  listedZipCode: MAX_ZIP_CODE_LENGTH,
  city: MAX_LINE_LENGTH,
  otherCity: MAX_LINE_LENGTH,
  address3: MAX_LINE_LENGTH,
  state: MAX_LINE_LENGTH,
  countryCode: MAX_CHOICE_LENGTH,
  streetNumber: MAX_STREET_NUMBER_LENGTH,
  placeDetail: MAX_PLACE_DETAIL_LENGTH,
  latitude: MAX_DEGREES_LENGTH,
  longitude: MAX_DEGREES_LENGTH,
};

export const addressStep = {
  id: 'address',
  maxLengths,
  fields: Object.keys(maxLengths),
  schema: createAddressSchema,
  isApplicable: isAlwaysApplicable,
  scripted: {
    placeDetail: (text) => parsePlaceDetail(text) !== undefined,
    latitude: (text) => parseDegrees(text, 90) !== undefined,
    longitude: (text) => parseDegrees(text, 180) !== undefined,
  },
} satisfies Step<'address', AddressAnswer>;
