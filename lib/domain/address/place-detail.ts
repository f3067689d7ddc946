import * as z from 'zod/mini';
import { hasCardNumber } from '../card/card-number.ts';
import { MAX_PLACE_DETAIL_LENGTH } from '../text/max-lengths.ts';

const textSchema = z.string().check(
  z.maxLength(400),
  z.refine((value) => !hasCardNumber(value)),
);
/** Degrees (WGS 84). */
const createDegreesSchema = (limit: number) => z.number().check(z.minimum(-limit), z.maximum(limit));
const pointSchema = z.object({ lat: createDegreesSchema(90), lng: createDegreesSchema(180) });

/**
 * The vendor's `placeDetail`, in the shape of Google's older web service (docs/vendor-notes.md#9-places-place-detail).
 * Unknown keys are dropped, so that they cannot go upstream.
 */
const placeDetailSchema = z.object({
  place_id: textSchema,
  formatted_address: textSchema,
  address_components: z
    .array(
      z.object({ long_name: textSchema, short_name: textSchema, types: z.array(textSchema).check(z.maxLength(20)) }),
    )
    .check(z.minLength(1), z.maxLength(40)),
  geometry: z.object({
    location: pointSchema,
    viewport: z.optional(z.object({ northeast: pointSchema, southwest: pointSchema })),
  }),
  types: z.array(textSchema).check(z.maxLength(20)),
  html_attributions: z.array(textSchema).check(z.maxLength(10)),
});

export type PlaceDetail = z.output<typeof placeDetailSchema>;

/** Parses a place from the browser, which is untrusted input, or returns undefined. */
export function parsePlaceDetail(json: string): PlaceDetail | undefined {
  if (json === '' || json.length > MAX_PLACE_DETAIL_LENGTH) return undefined;
  try {
    const parsed = placeDetailSchema.safeParse(JSON.parse(json));
    return parsed.success ? parsed.data : undefined;
  } catch {
    return undefined;
  }
}
