import { expect, test } from 'vitest';
import { parseDateText, toMonthNumber } from './date-text.ts';

const DATE = { day: '24', month: '6', year: '1987' };

test.each([
  '24/6/1987',
  '24-6-1987',
  '24.6.1987',
  '24 6 1987',
  ' 24 / 6 / 1987 ',
  '6/24/1987',
  '1987-6-24',
  '1987/6/24',
  '24 jun 1987',
  '24-jun-1987',
  '24 de junio de 1987',
  '24 de Junio del 1987',
  'June 24, 1987',
  'Jun. 24 1987',
  '24th of June, 1987',
  '24 June 1987',
  'junio 24, 1987',
  '24 JUN. 1987',
])('“%s” is the same date, whichever comes first elsewhere', (text) => {
  expect(parseDateText(text, false)).toEqual(DATE);
  expect(parseDateText(text, true)).toEqual(DATE);
});

test('only where both could be a month does the country decide', () => {
  expect(parseDateText('6/7/1987', false)).toEqual({ day: '6', month: '7', year: '1987' });
  expect(parseDateText('6/7/1987', true)).toEqual({ day: '7', month: '6', year: '1987' });
  expect(parseDateText('05/09/1987', false)).toEqual({ day: '05', month: '09', year: '1987' });
});

test.each(['', '24', '24/6/87', '24/6', 'yesterday', '24 foo 1987', '1/2/3/1987', '24/6/19875', 'jun jun 1987'])(
  '“%s” is no whole date',
  (text) => {
    expect(parseDateText(text, false)).toBeUndefined();
  },
);

test.each([
  ['jun', '6'],
  ['June', '6'],
  ['JUNIO', '6'],
  ['ene.', '1'],
  ['dic', '12'],
  ['sept', '9'],
  ['setiembre', '9'],
  ['6', '6'],
  ['06', '06'],
  ['may', '5'],
  ['mayo', '5'],
  ['ju', 'ju'],
  ['foo', 'foo'],
  ['', ''],
] as [string, string][])('the month “%s” is “%s”', (text, number) => {
  expect(toMonthNumber(text)).toBe(number);
});
