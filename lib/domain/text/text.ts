import * as z from 'zod/mini';
import { holdsCardNumber } from '../card/card-number.ts';

/** Lengths are ours: the vendor publishes none. They stop nonsense, not long names. */
export const MAX_NAME = 100;
export const MAX_LINE = 200;
export const MAX_EMAIL = 254;

/** The message of a field in which somebody typed a card number. Such a value is never kept or sent back. */
export const CARD_NUMBER_KEY = 'text.cardNumber';

const hasNoControlCharacters = (text: string) => !/\p{Cc}/u.test(text);

const free = (max: number) =>
  [
    z.maxLength(max, 'text.tooLong'),
    z.refine<string>(hasNoControlCharacters, 'text.characters'),
    z.refine<string>((text) => !holdsCardNumber(text), CARD_NUMBER_KEY),
  ] as const;

/** A line of text that must be there. The message keys are `<field>.required` and those of `text`. */
export const requiredText = (field: string, max: number) =>
  z.string(`${field}.required`).check(z.trim(), z.minLength(1, `${field}.required`), ...free(max));

/** A line of text that may be missing; empty is the same as missing. */
export const optionalText = (max: number) =>
  z.pipe(
    z.optional(z.string().check(z.trim(), ...free(max))),
    z.transform((text) => (text === '' ? undefined : text)),
  );

/** One of a few values, or nothing. */
export const optionalChoice = <const Values extends readonly string[]>(values: Values, key: string) =>
  z.pipe(
    z.optional(z.enum(['', ...values], key)),
    z.transform((value) => (value === '' ? undefined : (value as Values[number] | undefined))),
  );

/** A number that a script filled in: anything out of range counts as not given, since nobody could correct it. */
export const filledNumber = (limit: number) =>
  z.pipe(
    z.optional(z.string()),
    z.transform((text) => {
      const value = /^-?\d{1,3}(\.\d{1,15})?$/.test(text ?? '') ? Number(text) : Number.NaN;
      return Math.abs(value) <= limit ? value : undefined;
    }),
  );
