import * as z from 'zod/mini';
import { COUNTRY_CODES } from '../../domain/countries/countries.ts';
import { FIELD_POLICIES, OPTIONAL_FIELDS, PAYMENT_METHOD_TYPES } from '../../domain/journey-context.ts';
import { ROLES, SCHEMES } from './theme.ts';

const short = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const color = z.string().check(z.regex(/^#[0-9a-f]{6}$/i, 'is not a colour such as #0b6b57'));
const url = z.string().check(z.regex(/^https:\/\/[^\s"<>]+$/, 'is not an https address'));
const perLanguage = <Schema extends z.ZodMiniType>(schema: Schema) => z.strictObject({ en: schema, es: schema });
const palette = z.optional(z.partialRecord(z.enum(ROLES), color));

/** A partner's brand: the shape of `BRAND_FILE`. README.md tells what each name does. */
export const brandSchema = z.strictObject({
  name: short(40),
  logo: z.optional(
    z.string().check(z.regex(/^[\w.-]+\.(svg|png)$/, 'is not the name of an SVG or PNG file beside this one')),
  ),
  colors: z.optional(
    z.strictObject(
      Object.fromEntries(SCHEMES.map((scheme) => [scheme, palette])) as Record<'light' | 'dark', typeof palette>,
    ),
  ),
  /** How Spanish speaks to people. */
  formOfAddress: z._default(z.enum(['tu', 'usted']), 'tu'),
  /** Other texts than ours, under the keys of the message files. */
  words: z.optional(
    z.strictObject({
      en: z.optional(z.record(z.string(), short(600))),
      es: z.optional(z.record(z.string(), short(600))),
    }),
  ),
  contact: z.optional(
    z.strictObject({ phone: z.optional(short(30)), email: z.optional(short(100)), url: z.optional(url) }),
  ),
  legal: z.optional(z.strictObject({ terms: perLanguage(url), privacy: perLanguage(url) })),
  /** What customers agree to with the last button. The version names this wording in the evidence that is kept. */
  consent: z.strictObject({ version: short(40), en: short(2_000), es: short(2_000) }),
  askCallLocation: z._default(z.boolean(), false),
  /** Countries a customer may live in; the tenant's alone when it is not said. */
  countries: z.optional(z.array(z.enum(COUNTRY_CODES)).check(z.minLength(1))),
  /** The ways to pay that are offered, in this order; all of them when it is not said. */
  paymentMethodTypes: z.optional(
    z.array(z.enum(PAYMENT_METHOD_TYPES)).check(
      z.minLength(1),
      z.refine((types) => new Set(types).size === types.length, 'names one twice'),
    ),
  ),
  /** What is asked of the customer beside what the upstream must have. */
  fields: z._default(z.partialRecord(z.enum(OPTIONAL_FIELDS), z.enum(FIELD_POLICIES)), {}),
});
