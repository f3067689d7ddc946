/** Signs that take no part in a text: format characters (Unicode category Cf), but those that join letters of a script. */
const INVISIBLE = /(?![\u200c\u200d])[\p{Cf}\u115f\u1160\u3164\uffa0\u2800]/gu;

const isDigit = (code: number) => /\p{Nd}/u.test(String.fromCodePoint(code));

/** A decimal digit of any script as 0 to 9: each script has its ten in a row (Unicode Standard, section 4.6). */
function toPlainDigit(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && isDigit(code - value - 1)) value += 1;
  return String(value);
}

/**
 * What somebody means in a box of digits, codes, dates or an e-mail address: full-width and other compatible signs as the
 * plain ones (Unicode NFKC), every script's digits as 0 to 9, nothing invisible, single spaces.
 */
export const normalizeCodeText = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\p{Cf}]/gu, '')
    .replace(/[^\P{Nd}0-9]/gu, toPlainDigit)
    .replace(/\s+/g, ' ')
    .trim();

/**
 * A name or a line of an address in one spelling (Unicode NFC) with single spaces, and without signs that show nothing and
 * those that turn the direction of what stands beside them. Letters of every script stay as they were typed.
 */
export const normalizeText = (text: string): string =>
  text
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .replace(/\p{Zs}+/gu, ' ')
    .replace(/^[\s\u200c\u200d]+|[\s\u200c\u200d]+$/g, '');

/** Whether a cleaned text has a letter of any script. */
export const hasLetter = (text: string): boolean => /\p{L}/u.test(text);
