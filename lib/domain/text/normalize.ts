/** Format characters (Unicode category Cf) except the joiners of some scripts, and characters with an empty glyph. */
const INVISIBLE = /(?![\u200c\u200d])[\p{Cf}\u115f\u1160\u3164\uffa0\u2800\u{13441}\u{13442}]/gu;
/** Characters that no code contains: format characters, variation selectors, the frame of a keycap emoji. */
const NOT_IN_CODES = /\p{Cf}|\p{Default_Ignorable_Code_Point}|\u20e3/gu;

const isDigit = (code: number) => /\p{Nd}/u.test(String.fromCodePoint(code));

/** Converts a decimal digit of any script to 0 to 9: the ten digits of a script are adjacent (Unicode Standard, 4.6). */
function toPlainDigit(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  let value = 0;
  while (value < 9 && isDigit(code - value - 1)) value += 1;
  return String(value);
}

/**
 * Normalises digits, codes, dates and e-mail addresses: compatible characters become plain (Unicode NFKC), digits of any
 * script 0 to 9, invisible characters vanish, spaces are single.
 */
export const normalizeCodeText = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(NOT_IN_CODES, '')
    .replace(/[^\P{Nd}0-9]/gu, toPlainDigit)
    .replace(/\s+/g, ' ')
    .trim();

/**
 * Normalises names and address lines: Unicode NFC, single spaces (also for tabs and line breaks of a paste), no invisible
 * characters and no direction marks. Letters of any script stay as typed.
 */
export const normalizeText = (text: string): string =>
  text
    .replace(INVISIBLE, '')
    .normalize('NFC')
    .replace(/\s+/g, ' ')
    .replace(/^[\s\u200c\u200d]+|[\s\u200c\u200d]+$/g, '');

/** Tells whether a text has a letter of any script. Signs that only modify letters and the ordinal signs ª and º are none. */
export const hasLetter = (text: string): boolean => /(?![ªº])[\p{Lu}\p{Ll}\p{Lt}\p{Lo}]/u.test(text);
