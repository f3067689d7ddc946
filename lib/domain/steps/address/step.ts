import { CHECKBOX_VALUE } from '../../form-input.ts';
import {
  MAX_CHOICE_LENGTH,
  MAX_DEGREES_LENGTH,
  MAX_LINE_LENGTH,
  MAX_PLACE_DETAIL_LENGTH,
  MAX_STREET_NUMBER_LENGTH,
  MAX_ZIP_CODE_LENGTH,
} from '../../text/max-lengths.ts';
import { isAlwaysApplicable, type Step } from '../step.ts';
import type { AddressAnswer } from './schema.ts';

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
  loadSchema: async () => (await import('./schema.ts')).createAddressSchema,
  isApplicable: isAlwaysApplicable,
  scripted: ['placeDetail', 'latitude', 'longitude'],
} satisfies Step<'address', AddressAnswer>;
