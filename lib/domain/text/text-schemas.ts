import * as z from 'zod/mini';
import { CARD_NUMBER_KEY, hasCardNumber } from '../card/card-number.ts';
import { CHECKBOX_VALUE } from '../form-input.ts';
import type { FieldPolicy } from '../journey-context.ts';
import { parseDegrees } from './degrees.ts';
import { MAX_NAME_LENGTH } from './max-lengths.ts';
import { hasLetter, normalizeCodeText, normalizeText } from './normalize.ts';

/** A checkbox about another answer. */
export const checkboxSchema = z.optional(z.enum(['', CHECKBOX_VALUE], 'text.characters'));

const hasNoControlCharacters = (text: string) => !/\p{Cc}/u.test(text);
const textNormalizer = z.overwrite(normalizeText);
/** For digits, codes, dates and e-mail addresses. */
export const codeNormalizer = z.overwrite(normalizeCodeText);

export const cardNumberCheck = z.refine<string>((text) => !hasCardNumber(text), CARD_NUMBER_KEY);

const buildTextChecks = (max: number) =>
  [
    z.maxLength(max, 'text.tooLong'),
    z.refine<string>(hasNoControlCharacters, 'text.characters'),
    cardNumberCheck,
  ] as const;

/** Message keys: `<field>.required` and those of `text`. */
export const createRequiredTextSchema = (field: string, max: number) =>
  z.string(`${field}.required`).check(textNormalizer, z.minLength(1, `${field}.required`), ...buildTextChecks(max));

const createOptionalSchemaFactory = (normalizer: typeof textNormalizer) => (max: number) =>
  z.pipe(
    z.optional(z.string().check(normalizer, ...buildTextChecks(max))),
    z.transform((text) => (text === '' ? undefined : text)),
  );

/** An empty text counts as missing. */
export const createOptionalTextSchema = createOptionalSchemaFactory(textNormalizer);

/** For codes such as a postal code. */
export const createOptionalCodeSchema = createOptionalSchemaFactory(codeNormalizer);

const letterCheck = z.refine<string | undefined>((text) => !text || hasLetter(text), 'text.letters');

/** A name needs a letter of any script. */
export const createRequiredNameSchema = (field: string) =>
  createRequiredTextSchema(field, MAX_NAME_LENGTH).check(letterCheck);
export const createOptionalNameSchema = () => createOptionalTextSchema(MAX_NAME_LENGTH).check(letterCheck);

/** Applies the partner's policy; a hidden field is not read. */
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

export const createOptionalChoiceSchema = <const Values extends readonly string[]>(values: Values, key: string) =>
  z.pipe(
    z.optional(z.enum(['', ...values], key)),
    z.transform((value) => (value === '' ? undefined : (value as Values[number] | undefined))),
  );

/** An unreadable coordinate counts as missing. */
export const createDegreesSchema = (limit: number) =>
  z.pipe(
    z.optional(z.string()),
    z.transform((text) => parseDegrees(text ?? '', limit)),
  );
