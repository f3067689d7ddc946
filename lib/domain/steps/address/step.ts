import { always, type Step } from '../step.ts';
import { addressPayload } from './payload.ts';
import { type AddressAnswer, addressSchema } from './schema.ts';

export const addressStep = {
  id: 'address',
  fields: [
    ...['address1', 'address2', 'zipCode', 'city', 'address3', 'state', 'countryCode'],
    ...['streetNumber', 'placeDetail', 'latitude', 'longitude'],
  ],
  schema: addressSchema,
  appliesTo: always,
  toPayload: addressPayload,
} satisfies Step<'address', AddressAnswer>;
