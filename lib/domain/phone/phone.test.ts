import { expect, test } from 'vitest';
import { normalPhone, spellPhone } from './phone.ts';

test.each([
  '+5215521206706',
  '+52 55 2120 6706',
  '55 2120 6706',
  '(55) 2120-6706',
  '+52 1 55 2120 6706',
  '044 55 2120 6706',
  '045 55 2120 6706',
  '01 55 2120 6706',
  '0052 55 2120 6706',
  '52 5521206706',
  '55.2120.6706',
  '  +52 (55) 2120–6706 ',
])('takes a Mexican mobile as %s', (text) => {
  expect(normalPhone(text, 'MX')).toBe('+525521206706');
});

/** How people, phones and pastes write the code, and how they group the digits. */
const CODES = [
  ...[
    '',
    '+52 ',
    '+52',
    '+521',
    '+52 1 ',
    '+52-1-',
    '(+52) ',
    '+52 (1) ',
    '0052 ',
    '00 52 1 ',
    '52 ',
    '521',
    '044 ',
    '045',
  ],
  ...['01 ', '01-', 'tel:', 'tel:+52', '＋52 '],
];
const GROUPS = [
  ...['5521206706', '55 2120 6706', '55-2120-6706', '(55) 2120 6706', '(55)2120-6706', '55.2120.6706', '552 120 6706'],
  ...[
    '55 21 20 67 06',
    '55/2120/6706',
    '55 – 2120 – 6706',
    '55\u00a02120\u00a06706',
    '5 5 2 1 2 0 6 7 0 6',
    '５５２１２０６７０６',
  ],
  ...['[55] 2120 6706', '55_2120_6706', '55\u200b2120\u200b6706', '55 2120-67-06.'],
];

test(`${CODES.length * GROUPS.length} spellings of one Mexican mobile are one number`, () => {
  expect(CODES.length * GROUPS.length).toBeGreaterThan(100);
  for (const code of CODES) {
    for (const group of GROUPS) expect(normalPhone(code + group, 'MX'), code + group).toBe('+525521206706');
  }
});

test.each([
  ...['415 555 2671', '(415) 555-2671', '1-415-555-2671', '+1 415 555 2671', '+1 (415) 555.2671', '001 415 555 2671'],
  ...['4155552671', '1 (415) 5552671', '415.555.2671'],
])('in the United States %s is one number', (text) => {
  expect(normalPhone(text, 'US')).toBe('+14155552671');
});

test.each(['', '552120670', '+52 55 2120 67067', '55 2120 670a', '+', '+52', '0000000000', '١٢٣٤٥٦٧٨٩٠', '1552120670'])(
  'refuses %j as a Mexican phone',
  (text) => {
    expect(normalPhone(text, 'MX')).toBeNull();
  },
);

test('takes a foreign number with its code, and a national one in its own country', () => {
  expect(normalPhone('+1 (415) 555-2671', 'MX')).toBe('+14155552671');
  expect(normalPhone('(415) 555-2671', 'US')).toBe('+14155552671');
  expect(normalPhone('1 415 555 2671', 'US')).toBe('+14155552671');
  expect(normalPhone('+503 7123 4567', 'MX')).toBe('+50371234567');
});

test('sends Mexican mobiles as the vendor’s examples do, or as the standard does', () => {
  expect(spellPhone('+525521206706', { mexicanMobile: 'documented' })).toBe('+5215521206706');
  expect(spellPhone('+525521206706', { mexicanMobile: 'e164' })).toBe('+525521206706');
  expect(spellPhone('+14155552671', { mexicanMobile: 'documented' })).toBe('+14155552671');
});
