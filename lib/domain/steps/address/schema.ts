import * as z from 'zod/mini';
import { parsePlaceDetail } from '../../address/place.ts';
import { findState, hasStateTable } from '../../address/states.ts';
import type { JourneyContext } from '../../journey-context.ts';
import { degrees, MAX_LINE, optionalCode, optionalText, requiredText } from '../../text/text.ts';

/** Postal codes by country. Where a country is missing, anything goes and nothing is required. */
const POSTAL_CODES: Record<string, RegExp> = {
  MX: /^\d{5}$/,
  US: /^\d{5}(-\d{4})?$/,
};

export const MAX_STREET_NUMBER = 40;
export const MAX_ZIP_CODE = 20;

const placeDetail = z.pipe(
  z.optional(z.string()),
  z.transform((json) => parsePlaceDetail(json ?? '')),
);

const zipProblem = (zipCode: string | undefined, country: string) => {
  const pattern = POSTAL_CODES[country];
  if (!pattern) return undefined;
  if (!zipCode) return 'zipCode.required';
  return pattern.test(zipCode) ? undefined : `zipCode.${country === 'MX' ? 'mexican' : 'american'}`;
};

const isUnknownState = ({ countryCode, state }: { countryCode: string; state: string }) =>
  hasStateTable(countryCode) && state !== '' && findState(countryCode, state) === undefined;

/**
 * Where the customer lives. The picked place counts only whole and true to itself: its detail with the coordinates that
 * are its own, or none of them, since a person could not mend a half.
 */
export const addressSchema = ({ countries }: JourneyContext) =>
  z.pipe(
    z
      .object({
        address1: requiredText('address1', MAX_LINE),
        address2: optionalText(MAX_LINE),
        address3: optionalText(MAX_LINE),
        streetNumber: optionalText(MAX_STREET_NUMBER),
        city: requiredText('city', MAX_LINE),
        state: requiredText('state', MAX_LINE),
        zipCode: optionalCode(MAX_ZIP_CODE),
        countryCode: z.enum([...countries], 'countryCode.unknown'),
        placeDetail,
        latitude: degrees(90),
        longitude: degrees(180),
      })
      .check((context) => {
        const message = zipProblem(context.value.zipCode, context.value.countryCode);
        if (message) context.issues.push({ code: 'custom', message, path: ['zipCode'], input: context.value });
        if (isUnknownState(context.value))
          context.issues.push({ code: 'custom', message: 'state.unknown', path: ['state'], input: context.value });
      }),
    z.transform(({ placeDetail: place, latitude, longitude, ...lines }) => {
      const at = place?.geometry.location;
      const isWhole = place && at && at.lat === latitude && at.lng === longitude;
      return isWhole ? { ...lines, picked: { place, latitude: at.lat, longitude: at.lng } } : lines;
    }),
  );

export type AddressAnswer = z.output<ReturnType<typeof addressSchema>>;
