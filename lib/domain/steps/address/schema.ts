import * as z from 'zod/mini';
import { parsePlaceDetail } from '../../address/place-detail.ts';
import { OTHER_CITY_VALUE } from '../../address/postal-area.ts';
import { normalizePostalCode } from '../../address/postal-code.ts';
import { findStateOfPostalCode, isPostalCodeOfState, type PostalPrefixes } from '../../address/postal-prefixes.ts';
import { findState, hasStateTable } from '../../address/states.ts';
import type { JourneyContext } from '../../journey-context.ts';
import { MAX_LINE_LENGTH, MAX_STREET_NUMBER_LENGTH, MAX_ZIP_CODE_LENGTH } from '../../text/max-lengths.ts';
import {
  checkboxSchema,
  createDegreesSchema,
  createOptionalCodeSchema,
  createOptionalTextSchema,
  createRequiredTextSchema,
} from '../../text/text-schemas.ts';

/** Other countries need no postal code, and any text is valid. */
const POSTAL_CODES: Record<string, RegExp> = {
  MX: /^\d{5}$/,
  US: /^\d{5}(-\d{4})?$/,
};

const placeDetailSchema = z.pipe(
  z.optional(z.string()),
  z.transform((json) => parsePlaceDetail(json ?? '')),
);

const postalCodeNormalizer = z.transform((form: unknown): unknown => {
  const { zipCode, countryCode, ...rest } = { ...(form as object) } as Record<string, unknown>;
  const isText = typeof zipCode === 'string' && typeof countryCode === 'string';
  return { ...rest, countryCode, zipCode: isText ? normalizePostalCode(countryCode, zipCode) : zipCode };
});

type Lines = {
  countryCode: string;
  zipCode?: string | undefined;
  state?: string | undefined;
  zipCodeConfirmed?: unknown;
};

/** A code that is newer than our list is accepted once the customer has confirmed it. */
function findZipCodeProblem(prefixes: PostalPrefixes, lines: Lines): string | undefined {
  const { countryCode, zipCode = '', state = '', zipCodeConfirmed } = lines;
  const pattern = POSTAL_CODES[countryCode];
  if (pattern && !zipCode) return 'zipCode.required';
  if (pattern && !pattern.test(zipCode)) return `zipCode.${countryCode === 'MX' ? 'mexican' : 'american'}`;
  const isOfState = isPostalCodeOfState(prefixes, countryCode, [zipCode, state]);
  return isOfState || zipCodeConfirmed ? undefined : 'zipCode.state';
}

function findStateProblem(prefixes: PostalPrefixes, lines: Lines): string | undefined {
  const { countryCode, state } = lines;
  if (!state) return deriveState(prefixes, lines) ? undefined : 'state.required';
  return hasStateTable(countryCode) && !findState(countryCode, state) ? 'state.unknown' : undefined;
}

/** Without a chosen state, the postal code tells it. */
const deriveState = (prefixes: PostalPrefixes, { countryCode, zipCode, state }: Lines): string =>
  state || (findStateOfPostalCode(prefixes, countryCode, zipCode ?? '')?.short ?? '');

/**
 * The customer's address. A place counts only with its own coordinates, otherwise it is dropped: the customer could not
 * correct one of them.
 */
export const createAddressSchema = ({ countries, postalPrefixes }: JourneyContext) => {
  // In Mexico the box is labelled as the neighborhood.
  const cityName = countries.every((country) => country === 'MX') ? 'colonia' : 'city';
  const linesSchema = z.pipe(
    postalCodeNormalizer,
    z
      .object({
        address1: createRequiredTextSchema('address1', MAX_LINE_LENGTH),
        address2: createOptionalTextSchema(MAX_LINE_LENGTH),
        address3: createOptionalTextSchema(MAX_LINE_LENGTH),
        streetNumber: createOptionalTextSchema(MAX_STREET_NUMBER_LENGTH),
        city: createRequiredTextSchema(cityName, MAX_LINE_LENGTH),
        otherCity: createOptionalTextSchema(MAX_LINE_LENGTH),
        state: createOptionalTextSchema(MAX_LINE_LENGTH),
        zipCode: createOptionalCodeSchema(MAX_ZIP_CODE_LENGTH),
        zipCodeConfirmed: checkboxSchema,
        listedZipCode: createOptionalCodeSchema(MAX_ZIP_CODE_LENGTH),
        countryCode: z.enum([...countries], 'countryCode.unknown'),
        placeDetail: placeDetailSchema,
        latitude: createDegreesSchema(90),
        longitude: createDegreesSchema(180),
      })
      .check(({ value, issues }) => {
        const isOtherMissing = value.city === OTHER_CITY_VALUE && !value.otherCity;
        // Without script the list on the page stays the one of the code before.
        const isOtherList = value.listedZipCode !== undefined && value.listedZipCode !== value.zipCode;
        const problems = {
          zipCode: findZipCodeProblem(postalPrefixes, value),
          state: findStateProblem(postalPrefixes, value),
          city: isOtherList ? 'city.listed' : undefined,
          otherCity: isOtherMissing ? `${cityName}.required` : undefined,
        };
        for (const [field, message] of Object.entries(problems))
          if (message) issues.push({ code: 'custom', message, path: [field], input: value });
      }),
  );
  return z.pipe(
    linesSchema,
    z.transform(({ placeDetail: place, latitude, longitude, ...fields }) => {
      const { zipCodeConfirmed: _confirmed, listedZipCode: _listed, otherCity = '', ...texts } = fields;
      const city = texts.city === OTHER_CITY_VALUE ? otherCity : texts.city;
      const lines = { ...texts, city, state: deriveState(postalPrefixes, texts) };
      const location = place?.geometry.location;
      const isWhole = place && location && location.lat === latitude && location.lng === longitude;
      return isWhole ? { ...lines, picked: { place, latitude: location.lat, longitude: location.lng } } : lines;
    }),
  );
};

export type AddressAnswer = z.output<ReturnType<typeof createAddressSchema>>;
