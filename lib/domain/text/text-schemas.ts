import * as z from 'zod/mini';
import { hasCardNumber } from '../card/card-number.ts';
import type { FieldPolicy } from '../journey-context.ts';
import { hasLetter, normalizeCodeText, normalizeText } from './normalize.ts';

/** Lengths are ours: the vendor publishes none. They stop nonsense, not long names. */
export const MAX_NAME_LENGTH = 100;
export const MAX_LINE_LENGTH = 200;
export const MAX_EMAIL_LENGTH = 254;
export const MAX_PHONE_LENGTH = 40;
/** One box may hold a whole date in words. */
export const MAX_DATE_PART_LENGTH = 40;
/** A choice, a country or a number with digits: none of their values is longer. */
export const MAX_CHOICE_LENGTH = 40;
/** Degrees with as many digits as `readDegrees` reads. */
export const MAX_DEGREES_LENGTH = 22;

/** What a checkbox posts when it is ticked. */
export const CHECKBOX_VALUE = 'yes';

/** The message of a field in which somebody typed a card number. Such a value is never kept or sent back. */
export const CARD_NUMBER_KEY = 'text.cardNumber';

const hasNoControlCharacters = (text: string) => !/\p{Cc}/u.test(text);
const textNormalizer = z.overwrite(normalizeText);
/** For boxes of digits, codes, dates and e-mail addresses. */
export const codeNormalizer = z.overwrite(normalizeCodeText);

/** For every box but the vault's own. */
export const cardNumberCheck = z.refine<string>((text) => !hasCardNumber(text), CARD_NUMBER_KEY);

const buildTextChecks = (max: number) =>
  [
    z.maxLength(max, 'text.tooLong'),
    z.refine<string>(hasNoControlCharacters, 'text.characters'),
    cardNumberCheck,
  ] as const;

/** A line of text that must be there. The message keys are `<field>.required` and those of `text`. */
export const createRequiredTextSchema = (field: string, max: number) =>
  z.string(`${field}.required`).check(textNormalizer, z.minLength(1, `${field}.required`), ...buildTextChecks(max));

const createOptionalSchemaFactory = (normalizer: typeof textNormalizer) => (max: number) =>
  z.pipe(
    z.optional(z.string().check(normalizer, ...buildTextChecks(max))),
    z.transform((text) => (text === '' ? undefined : text)),
  );

/** A line of text that may be missing; empty is the same as missing. */
export const createOptionalTextSchema = createOptionalSchemaFactory(textNormalizer);

/** A code that may be missing, such as a postal code. */
export const createOptionalCodeSchema = createOptionalSchemaFactory(codeNormalizer);

const letterCheck = z.refine<string | undefined>((text) => !text || hasLetter(text), 'text.letters');

/** A name, in any script: it has a letter. */
export const createRequiredNameSchema = (field: string) =>
  createRequiredTextSchema(field, MAX_NAME_LENGTH).check(letterCheck);
export const createOptionalNameSchema = () => createOptionalTextSchema(MAX_NAME_LENGTH).check(letterCheck);

/** A field by the partner's policy: as it is, not to be left out, or not asked and then not read. */
export function applyFieldPolicy<Value>(
  policy: FieldPolicy,
  field: string,
  schema: z.ZodMiniType<Value | undefined>,
): z.ZodMiniType<Value | undefined> {
  if (policy === 'optional') return schema;
  if (policy === 'required') return schema.check(z.refine((value) => value !== undefined, `${field}.required`));
  return z.pipe(
    z.unknown(),
    z.transform(() => undefined),
  );
}

/** One of a few values, or nothing. */
export const createOptionalChoiceSchema = <const Values extends readonly string[]>(values: Values, key: string) =>
  z.pipe(
    z.optional(z.enum(['', ...values], key)),
    z.transform((value) => (value === '' ? undefined : (value as Values[number] | undefined))),
  );

/** Degrees that a script filled in, or undefined: nobody could correct what is not in the range. */
export function parseDegrees(text: string, limit: number): number | undefined {
  const value = /^-?\d{1,3}(\.\d{1,17})?$/.test(text) ? Number(text) : Number.NaN;
  return Math.abs(value) <= limit ? value : undefined;
}

/** A coordinate of a form. One that cannot be read counts as not given. */
export const createDegreesSchema = (limit: number) =>
  z.pipe(
    z.optional(z.string()),
    z.transform((text) => parseDegrees(text ?? '', limit)),
  );
