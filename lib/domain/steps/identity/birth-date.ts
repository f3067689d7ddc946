import * as z from 'zod/mini';
import { MAX_DATE_PART_LENGTH } from '../../text/max-lengths.ts';
import { codeNormalizer } from '../../text/text-schemas.ts';
import { type DateParts, normalizeDatePart, parseDateText, toMonthNumber } from './date-text.ts';

/** The vendor accepts ages from 18 to 99 (docs/vendor-notes.md#1-raas-request). */
const MIN_AGE = 18;
const MAX_AGE = 99;

const toTwoDigits = (text: string) => text.padStart(2, '0');
const toIsoDate = ({ day, month, year }: DateParts) => `${year}-${toTwoDigits(month)}-${toTwoDigits(day)}`;

function isRealDate({ day, month, year }: DateParts): boolean {
  const date = new Date(`${toIsoDate({ day, month, year })}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(toIsoDate({ day, month, year }));
}

/** Returns whole years between two dates, `YYYY-MM-DD`. A birthday on 29 February counts from 1 March on. */
export function getAge(birth: string, today: string): number {
  const years = Number(today.slice(0, 4)) - Number(birth.slice(0, 4));
  return today.slice(5) >= birth.slice(5) ? years : years - 1;
}

function findProblem(parts: DateParts, today: string): [keyof DateParts, string] | undefined {
  const missingPart = (['day', 'month', 'year'] as const).find((name) => parts[name] === '');
  if (missingPart)
    return [missingPart, parts.day + parts.month + parts.year === '' ? 'dob.required' : `dob.${missingPart}`];
  if (!/^\d{1,2}$/.test(parts.day) || Number(parts.day) < 1 || Number(parts.day) > 31) return ['day', 'dob.day'];
  if (!/^\d{1,2}$/.test(parts.month) || Number(parts.month) < 1 || Number(parts.month) > 12)
    return ['month', 'dob.month'];
  if (!/^\d{4}$/.test(parts.year)) return ['year', 'dob.year'];
  if (!isRealDate(parts)) return ['day', 'dob.real'];
  const age = getAge(toIsoDate(parts), today);
  if (age < 0) return ['year', 'dob.future'];
  if (age < MIN_AGE) return ['year', 'dob.tooYoung'];
  if (age > MAX_AGE) return ['year', 'dob.year'];
}

const partSchema = z.catch(z.string().check(codeNormalizer, z.maxLength(MAX_DATE_PART_LENGTH)), '');
const partsSchema = z.object({ day: partSchema, month: partSchema, year: partSchema }, 'dob.required');

/** Accepts a month as a word, signs around a part, and a whole date in one field or the same one in several. */
function normalizeParts({ day, month, year }: DateParts, monthFirst: boolean): DateParts {
  const [firstText, ...otherTexts] = new Set([day, month, year].filter((text) => text !== ''));
  const wholeDate = otherTexts.length === 0 ? parseDateText(firstText ?? '', monthFirst) : undefined;
  return (
    wholeDate ?? {
      day: normalizeDatePart(day),
      month: toMonthNumber(normalizeDatePart(month)),
      year: normalizeDatePart(year),
    }
  );
}

/**
 * Parses three fields to a date, `YYYY-MM-DD`. It reports one problem at a time, at the field to correct.
 *
 * @param monthFirst whether `6/7/1987` is 7 June
 */
export const createBirthDateSchema = (today: string, monthFirst = false) =>
  z.pipe(
    z
      .pipe(
        partsSchema,
        z.transform((dateParts) => normalizeParts(dateParts, monthFirst)),
      )
      .check((context) => {
        const dateProblem = findProblem(context.value, today);
        if (!dateProblem) return;
        const [path, message] = dateProblem;
        context.issues.push({ code: 'custom', message, path: [path], input: context.value });
      }),
    z.transform(toIsoDate),
  );
