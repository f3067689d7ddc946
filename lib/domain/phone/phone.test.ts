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
