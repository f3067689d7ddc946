import type { Spelling } from '../journey-context.ts';
import { normalizeCodeText } from '../text/normalize.ts';
import type { PhoneRules } from './phone-rules.ts';

export type Phone = { e164: string; country: string };

/** An extension after a number, which is not sent: `ext. 12`, `;ext=12` (RFC 3966), `x12`, `int. 4`. */
const EXTENSION = /(?:(?:ext|int)\p{L}*|x|#)[\s.:=]*\d{1,6}\P{L}*$/iu;
/** Digits without a letter in between, and the plus before them. */
const NUMBER = /(?:\+[^\p{L}\d+]{0,2})?\d(?:[^\p{L}\d+]*\d)*/gu;
/** Prefixes of a calling code (ITU-T E.164): a plus, 00 almost everywhere, 011 in North America. */
const INTERNATIONAL = /^(?:\+|00|011)(?=[1-9])/;

/**
 * Returns the digits, after a plus if there is one. Words and signs may stand before and after them (`Cel: …`, `… (casa)`,
 * `wa.me/…`). A text with a second number has none: which one is meant would be a guess.
 */
function findDigits(text: string): string | undefined {
  const [number, ...otherNumbers] = normalizeCodeText(text).replace(EXTENSION, '').match(NUMBER) ?? [];
  return otherNumbers.length === 0 ? number?.replace(/[^\d+]/g, '') : undefined;
}

/** Removes the trunk prefix as libphonenumber does: if its last group has matched, the replacement counts. */
function removeTrunkPrefix(digits: string, { trunkPrefix, trunkReplacement }: PhoneRules): string {
  const prefix = trunkPrefix === undefined ? null : new RegExp(`^(?:${trunkPrefix})`).exec(digits);
  if (!prefix || trunkPrefix === undefined) return digits;
  const rest = digits.slice(prefix[0].length);
  return trunkReplacement !== undefined && prefix.length > 1 && prefix.at(-1) !== undefined
    ? trunkReplacement.replace(/\$(\d)/g, (_, group: string) => prefix[Number(group)] ?? '') + rest
    : rest;
}

function readNational(digits: string, rules: PhoneRules): Phone | undefined {
  const { callingCode, country, mobilePattern, mobilePrefix } = rules;
  const mobile = new RegExp(`^(?:${mobilePattern})$`);
  const numbers = [digits, removeTrunkPrefix(digits, rules)];
  if (mobilePrefix !== undefined) numbers.push(...numbers.map((number) => mobilePrefix + number));
  const national = numbers.find((number) => mobile.test(number));
  return national === undefined ? undefined : { e164: `+${callingCode}${national}`, country };
}

const removeCallingCode = (digits: string, { callingCode }: PhoneRules): string | undefined =>
  digits.startsWith(callingCode) ? digits.slice(callingCode.length) : undefined;

/** More digits, or a zero after the calling code, could be a card number (ISO/IEC 7812-1). */
const MAX_DIGITS_WITHOUT_PLUS = 13;

function readWithoutPlus(digits: string, rules: PhoneRules): Phone | undefined {
  const rest = digits.length <= MAX_DIGITS_WITHOUT_PLUS ? removeCallingCode(digits, rules) : undefined;
  return rest === undefined || rest.startsWith('0') ? undefined : readNational(rest, rules);
}

export const isInternational = (text: string): boolean => INTERNATIONAL.test(findDigits(text) ?? '');

/**
 * Parses a mobile number of an offered country in any usual spelling: separators, digits of any script, `+`, `00` or `011`,
 * label, extension, trunk prefix, with or without calling code.
 *
 * @param rules of the offered countries
 * @param country of a number without a calling code (ISO 3166-1 alpha-2)
 * @returns undefined when no offered country has such a mobile number
 */
export function readPhone(text: string, rules: readonly PhoneRules[], country: string | undefined): Phone | undefined {
  const digits = findDigits(text);
  if (digits === undefined) return undefined;
  const countryRules = rules.find((candidate) => candidate.country === country);
  // National first: 011 is the international prefix in North America and the area code of Buenos Aires in Argentina.
  const nationalPhone = countryRules && (readNational(digits, countryRules) ?? readWithoutPlus(digits, countryRules));
  return nationalPhone ?? readInternational(digits, rules);
}

function readInternational(digits: string, rules: readonly PhoneRules[]): Phone | undefined {
  if (!INTERNATIONAL.test(digits)) return undefined;
  const number = digits.replace(INTERNATIONAL, '');
  for (const countryRules of rules) {
    const rest = removeCallingCode(number, countryRules);
    const phone = rest === undefined ? undefined : readNational(rest, countryRules);
    if (phone) return phone;
  }
  return undefined;
}

/** Tells whether the text is a mobile number of an offered country. A test shows that no card number is. */
export const isPhone = (text: string, rules: readonly PhoneRules[]): boolean =>
  rules.some(({ country }) => readPhone(text, rules, country) !== undefined);

/**
 * Converts a number with a calling code of any country to E.164, also one that does not exist: it finds rows that were
 * stored under earlier rules.
 */
export function readE164(text: string): string | undefined {
  const digits = findDigits(text)?.replace(INTERNATIONAL, '+') ?? '';
  return /^\+[1-9]\d{7,14}$/.test(digits) ? digits.replace(/^\+521(?=\d{10}$)/, '+52') : undefined;
}

/** Formats a number for the upstream. The vendor's examples keep the old `1` of Mexican mobiles. */
export function formatUpstreamPhone(e164: string, spelling: Pick<Spelling, 'mexicanMobile'>): string {
  return spelling.mexicanMobile === 'documented' ? e164.replace(/^\+52(\d{10})$/, '+521$1') : e164;
}
