import * as z from 'zod/mini';
import { holdsCardNumber } from '../card/card-number.ts';
import type { FieldPolicy } from '../journey-context.ts';
import { cleanCode, cleanText, hasLetter } from './clean.ts';

/** Lengths are ours: the vendor publishes none. They stop nonsense, not long names. */
export const MAX_NAME = 100;
export const MAX_LINE = 200;
export const MAX_EMAIL = 254;
export const MAX_PHONE = 40;
/** One box may hold a whole date in words. */
export const MAX_DATE_PART = 40;
/** A choice, a country or a number with digits: none of their values is longer. */
export const MAX_CHOICE = 40;
/** Degrees with as many digits as `readDegrees` reads. */
export const MAX_DEGREES = 22;

/** What a checkbox posts when it is ticked. */
export const TICKED = 'yes';

/** The message of a field in which somebody typed a card number. Such a value is never kept or sent back. */
export const CARD_NUMBER_KEY = 'text.cardNumber';

const hasNoControlCharacters = (text: string) => !/\p{Cc}/u.test(text);
const cleaned = z.overwrite(cleanText);
/** For boxes of digits, codes, dates and e-mail addresses. */
export const asCode = z.overwrite(cleanCode);

/** For every box but the vault's own. */
export const noCardNumber = z.refine<string>((text) => !holdsCardNumber(text), CARD_NUMBER_KEY);

const free = (max: number) =>
  [
    z.maxLength(max, 'text.tooLong'),
    z.refine<string>(hasNoControlCharacters, 'text.characters'),
    noCardNumber,
  ] as const;

/** A line of text that must be there. The message keys are `<field>.required` and those of `text`. */
export const requiredText = (field: string, max: number) =>
  z.string(`${field}.required`).check(cleaned, z.minLength(1, `${field}.required`), ...free(max));

const optionalLine = (clean: typeof cleaned) => (max: number) =>
  z.pipe(
    z.optional(z.string().check(clean, ...free(max))),
    z.transform((text) => (text === '' ? undefined : text)),
  );

/** A line of text that may be missing; empty is the same as missing. */
export const optionalText = optionalLine(cleaned);

/** A code that may be missing, such as a postal code. */
export const optionalCode = optionalLine(asCode);

const lettered = z.refine<string | undefined>((text) => !text || hasLetter(text), 'text.letters');

/** A name, in any script: it has a letter. */
export const requiredName = (field: string) => requiredText(field, MAX_NAME).check(lettered);
export const optionalName = () => optionalText(MAX_NAME).check(lettered);

/** A field by the partner's policy: as it is, not to be left out, or not asked and then not read. */
export function byPolicy<Value>(
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
export const optionalChoice = <const Values extends readonly string[]>(values: Values, key: string) =>
  z.pipe(
    z.optional(z.enum(['', ...values], key)),
    z.transform((value) => (value === '' ? undefined : (value as Values[number] | undefined))),
  );

/** Degrees that a script filled in, or undefined: nobody could correct what is not in the range. */
export function readDegrees(text: string, limit: number): number | undefined {
  const value = /^-?\d{1,3}(\.\d{1,17})?$/.test(text) ? Number(text) : Number.NaN;
  return Math.abs(value) <= limit ? value : undefined;
}

/** A coordinate of a form. One that cannot be read counts as not given. */
export const degrees = (limit: number) =>
  z.pipe(
    z.optional(z.string()),
    z.transform((text) => readDegrees(text ?? '', limit)),
  );
