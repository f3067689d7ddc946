import { expect, test } from 'vitest';
import { createBirthDateSchema, getAge } from './birth-date.ts';

const TODAY = '2026-11-22';
const parseBirthDate = (day: string, month: string, year: string) => {
  const parsed = createBirthDateSchema(TODAY).safeParse({ day, month, year });
  return parsed.success ? parsed.data : parsed.error.issues.map(({ path, message }) => `${path.join('.')}:${message}`);
};

test('takes a real date with or without leading zeros', () => {
  expect(parseBirthDate('24', '6', '1987')).toBe('1987-06-24');
  expect(parseBirthDate('04', '06', '1987')).toBe('1987-06-04');
  expect(parseBirthDate('29', '2', '2000')).toBe('2000-02-29');
});

test.each([
  ['', '', '', ['day:dob.required']],
  ['24', '', '1987', ['month:dob.month']],
  ['24', '13', '1987', ['month:dob.month']],
  ['0', '1', '1987', ['day:dob.day']],
  ['24', '6', '87', ['year:dob.year']],
  ['31', '2', '1987', ['day:dob.real']],
  ['29', '2', '2001', ['day:dob.real']],
  ['1', '1', '2030', ['year:dob.future']],
  ['23', '11', '2008', ['year:dob.tooYoung']],
  ['22', '11', '1926', ['year:dob.year']],
])('says what is wrong with %s/%s/%s', (day, month, year, problems) => {
  expect(parseBirthDate(day, month, year)).toEqual(problems);
});

test('takes people from their 18th birthday until the day before their 100th', () => {
  expect(parseBirthDate('22', '11', '2008')).toBe('2008-11-22');
  expect(parseBirthDate('23', '11', '1926')).toBe('1926-11-23');
});

test('counts whole years', () => {
  expect(getAge('2008-02-29', '2026-02-28')).toBe(17);
  expect(getAge('2008-02-29', '2026-03-01')).toBe(18);
});
