export type DateParts = { day: string; month: string; year: string };

/** Months in Spanish and English, of which three letters are enough. */
const MONTHS = (
  'enero january|febrero february|marzo march|abril april|mayo may|junio june|julio july|agosto august|' +
  'septiembre setiembre september|octubre october|noviembre november|diciembre december'
)
  .split('|')
  .map((names) => names.split(' '));
const MIN_LETTERS = 3;

/** Converts a month to a number (`jun`, `June` and `junio` to `6`); other texts stay as they are. */
export function toMonthNumber(text: string): string {
  const word = text.trim().replace(/\.$/, '').toLowerCase();
  if (word.length < MIN_LETTERS) return text;
  const monthIndex = MONTHS.findIndex((names) => names.some((name) => name.startsWith(word)));
  return monthIndex < 0 ? text : String(monthIndex + 1);
}

/** Signs around a part of a date: `24.`, `06/`. */
const OUTER_SIGNS = /^[\s\p{P}\p{S}]+|[\s\p{P}\p{S}]+$/gu;
/** `24th`, `1ro`, `1º`, whose sign Unicode NFKC turns into an o. */
const ORDINAL = /^(\d{1,2})(?:st|nd|rd|th|er|ro|do|to|o|º|°)$/i;

/** Removes signs around a part of a date, and the ending of an ordinal. */
export const normalizeDatePart = (text: string): string => text.replace(OUTER_SIGNS, '').replace(ORDINAL, '$1');

const isMonthWord = (text: string) => /^\d{1,2}$/.test(toMonthNumber(text)) && !/\d/.test(text);

/**
 * Parses a whole date: `24/06/1987`, `24 jun 1987`, `24 de junio de 1987`, `June 24, 1987`, `1987-06-24`. The year needs four
 * digits: the century of two digits would be a guess.
 *
 * @param monthFirst whether `6/7/1987` is 7 June; a number over 12 is always the day
 */
export function parseDateText(text: string, monthFirst: boolean): DateParts | undefined {
  const words = text
    .toLowerCase()
    .split(/[\s\p{P}\p{S}]+/u)
    .map(normalizeDatePart)
    .filter((word) => word !== '' && !['de', 'del', 'of'].includes(word));
  const [first = '', second = '', third = ''] = words;
  if (words.length !== 3) return undefined;
  if (/^\d{4}$/.test(first)) return toDateParts(third, second, first);
  if (!/^\d{4}$/.test(third)) return undefined;
  if (isMonthWord(first)) return toDateParts(second, first, third);
  if (isMonthWord(second)) return toDateParts(first, second, third);
  const isMonthFirst = Number(second) > 12 || (monthFirst && Number(first) <= 12);
  return isMonthFirst ? toDateParts(second, first, third) : toDateParts(first, second, third);
}

function toDateParts(day: string, month: string, year: string): DateParts | undefined {
  const parts = { day, month: toMonthNumber(month), year };
  return /^\d{1,2}$/.test(parts.day) && /^\d{1,2}$/.test(parts.month) && /^\d{4}$/.test(year) ? parts : undefined;
}
