/** A date as three boxes hold it. */
export type DateParts = { day: string; month: string; year: string };

/** Months in Spanish and English; three letters or more of one are enough. */
const MONTHS = (
  'enero january|febrero february|marzo march|abril april|mayo may|junio june|julio july|agosto august|' +
  'septiembre setiembre september|octubre october|noviembre november|diciembre december'
)
  .split('|')
  .map((names) => names.split(' '));
const MIN_LETTERS = 3;

/** A month as a number: `6`, `06`, `jun`, `June` and `junio` are `6`. What is none stays as it is. */
export function toMonthNumber(text: string): string {
  const word = text.trim().replace(/\.$/, '').toLowerCase();
  if (word.length < MIN_LETTERS) return text;
  const monthIndex = MONTHS.findIndex((names) => names.some((name) => name.startsWith(word)));
  return monthIndex < 0 ? text : String(monthIndex + 1);
}

const isMonthWord = (text: string) => /^\d{1,2}$/.test(toMonthNumber(text)) && !/\d/.test(text);

/**
 * A whole date in one text, as people paste it: `24/06/1987`, `24 jun 1987`, `24 de junio de 1987`, `June 24, 1987`,
 * `1987-06-24`. Years have four digits: which century two digits mean is a guess.
 *
 * @param monthFirst how `6/7/1987` is read; a number over 12 is a day wherever it stands
 */
export function parseDateText(text: string, monthFirst: boolean): DateParts | undefined {
  const words = text
    .trim()
    .toLowerCase()
    .replace(/(\d)(st|nd|rd|th|º|°)\b/g, '$1')
    .split(/[\s/.,-]+/)
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
