import * as z from 'zod/mini';
import { COUNTRY_CODES } from '../../domain/countries/countries.ts';
import { DOCUMENT_KINDS } from '../../domain/documents/read-document-code.ts';
import { FIELD_POLICIES, OPTIONAL_FIELDS, PAYMENT_METHOD_TYPES } from '../../domain/journey-context.ts';
import { COLOR_ROLES, SCHEMES } from './theme.ts';

const createTextSchema = (max: number) => z.string().check(z.minLength(1), z.maxLength(max));
const color = z.string().check(z.regex(/^#[0-9a-f]{6}$/i, 'is not a colour such as #0b6b57'));
const url = z.string().check(z.regex(/^https:\/\/[^\s"<>]+$/, 'is not an https address'));
const createLocalizedSchema = <Schema extends z.ZodMiniType>(schema: Schema) =>
  z.strictObject({ en: schema, es: schema });
const palette = z.optional(z.partialRecord(z.enum(COLOR_ROLES), color));

/** A partner's brand: the shape of `BRAND_FILE`. `brand-descriptions.ts` describes each name. */
export const brandSchema = z.strictObject({
  name: createTextSchema(40),
  logo: z.optional(
    z.string().check(z.regex(/^[\w.-]+\.(svg|png)$/, 'is not the name of an SVG or PNG file beside this one')),
  ),
  colors: z.optional(
    z.strictObject(
      Object.fromEntries(SCHEMES.map((scheme) => [scheme, palette])) as Record<'light' | 'dark', typeof palette>,
    ),
  ),
  formOfAddress: z._default(z.enum(['tu', 'usted']), 'tu'),
  words: z.optional(
    z.strictObject({
      en: z.optional(z.record(z.string(), createTextSchema(600))),
      es: z.optional(z.record(z.string(), createTextSchema(600))),
    }),
  ),
  contact: z.optional(
    z.strictObject({
      phone: z.optional(createTextSchema(30)),
      email: z.optional(createTextSchema(100)),
      url: z.optional(url),
    }),
  ),
  legal: z.optional(z.strictObject({ terms: createLocalizedSchema(url), privacy: createLocalizedSchema(url) })),
  consent: z.strictObject({ version: createTextSchema(40), en: createTextSchema(2_000), es: createTextSchema(2_000) }),
  askCallLocation: z._default(z.boolean(), false),
  countries: z.optional(z.array(z.enum(COUNTRY_CODES)).check(z.minLength(1))),
  paymentMethodTypes: z.optional(
    z.array(z.enum(PAYMENT_METHOD_TYPES)).check(
      z.minLength(1),
      z.refine((types) => new Set(types).size === types.length, 'names one twice'),
    ),
  ),
  documents: z._default(z.array(z.enum(DOCUMENT_KINDS)), []),
  walletId: z._default(z.boolean(), false),
  fields: z._default(z.partialRecord(z.enum(OPTIONAL_FIELDS), z.enum(FIELD_POLICIES)), {}),
});
