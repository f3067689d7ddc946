import { normalizeCodeText } from '../text/normalize.ts';

/** Digits with signs but no letters in between, and text without digits around them. */
const DIGITS = /^\D*(\d(?:[^\p{L}\d]*\d)*)\D*$/u;
/** Five digits and four more (USPS Publication 28, section 226). */
const AMERICAN_DIGITS = /^(\d{5})(\d{4})$/;

/**
 * Normalises a postal code. In Mexico and the United States, whose codes are digits, text and signs around them do not count:
 * `C.P. 03800`, `03 800`, `CA 90012`, `90012–1234`.
 *
 * @param country ISO 3166-1 alpha-2
 * @returns the digits, with a hyphen in a code of nine; the text if it has no such digits or is of another country
 */
export function normalizePostalCode(country: string, text: string): string {
  const code = normalizeCodeText(text);
  if (country !== 'MX' && country !== 'US') return code;
  const digits = DIGITS.exec(code)?.[1]?.replace(/\D/g, '') ?? code;
  return country === 'US' ? digits.replace(AMERICAN_DIGITS, '$1-$2') : digits;
}
