import * as z from 'zod/mini';
import { parsePlaceDetail } from '../../address/place-detail.ts';
import { findState, hasStateTable } from '../../address/states.ts';
import type { JourneyContext } from '../../journey-context.ts';
import {
  createDegreesSchema,
  createOptionalCodeSchema,
  createOptionalTextSchema,
  createRequiredTextSchema,
  MAX_LINE_LENGTH,
} from '../../text/text-schemas.ts';

/** Other countries need no postal code, and any text is valid. */
const POSTAL_CODES: Record<string, RegExp> = {
  MX: /^\d{5}$/,
  US: /^\d{5}(-\d{4})?$/,
};

export const MAX_STREET_NUMBER_LENGTH = 40;
export const MAX_ZIP_CODE_LENGTH = 20;

const placeDetailSchema = z.pipe(
  z.optional(z.string()),
  z.transform((json) => parsePlaceDetail(json ?? '')),
);

const findZipCodeProblem = (zipCode: string | undefined, country: string) => {
  const pattern = POSTAL_CODES[country];
  if (!pattern) return undefined;
  if (!zipCode) return 'zipCode.required';
  return pattern.test(zipCode) ? undefined : `zipCode.${country === 'MX' ? 'mexican' : 'american'}`;
};

const isUnknownState = ({ countryCode, state }: { countryCode: string; state: string }) =>
  hasStateTable(countryCode) && state !== '' && findState(countryCode, state) === undefined;

/**
 * The customer's address. A place counts only with its own coordinates, otherwise it is dropped: the customer could not
 * correct one of them.
 */
export const createAddressSchema = ({ countries }: JourneyContext) =>
  z.pipe(
    z
      .object({
        address1: createRequiredTextSchema('address1', MAX_LINE_LENGTH),
        address2: createOptionalTextSchema(MAX_LINE_LENGTH),
        address3: createOptionalTextSchema(MAX_LINE_LENGTH),
        streetNumber: createOptionalTextSchema(MAX_STREET_NUMBER_LENGTH),
        city: createRequiredTextSchema('city', MAX_LINE_LENGTH),
        state: createRequiredTextSchema('state', MAX_LINE_LENGTH),
        zipCode: createOptionalCodeSchema(MAX_ZIP_CODE_LENGTH),
        countryCode: z.enum([...countries], 'countryCode.unknown'),
        placeDetail: placeDetailSchema,
        latitude: createDegreesSchema(90),
        longitude: createDegreesSchema(180),
      })
      .check((context) => {
        const message = findZipCodeProblem(context.value.zipCode, context.value.countryCode);
        if (message) context.issues.push({ code: 'custom', message, path: ['zipCode'], input: context.value });
        if (isUnknownState(context.value))
          context.issues.push({ code: 'custom', message: 'state.unknown', path: ['state'], input: context.value });
      }),
    z.transform(({ placeDetail: place, latitude, longitude, ...lines }) => {
      const location = place?.geometry.location;
      const isWhole = place && location && location.lat === latitude && location.lng === longitude;
      return isWhole ? { ...lines, picked: { place, latitude: location.lat, longitude: location.lng } } : lines;
    }),
  );

export type AddressAnswer = z.output<ReturnType<typeof createAddressSchema>>;
