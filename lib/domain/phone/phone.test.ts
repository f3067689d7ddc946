import { expect, test } from 'vitest';
import { getPhoneRules } from '../../reference-data/get-phone-rules.ts';
import { formatUpstreamPhone, isPhone, readE164, readPhone } from './phone.ts';

const BOTH = getPhoneRules(['MX', 'US']);
const read = (text: string, country: string) => readPhone(text, getPhoneRules([country]), country)?.e164;

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
  expect(read(text, 'MX')).toBe('+525521206706');
});

/** How people, phones and pastes write the code, and how they group the digits. */
const CODES = [
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
  '01 ',
  '01-',
  'tel:',
  'tel:+52',
  '＋52 ',
];
const GROUPS = [
  '5521206706',
  '55 2120 6706',
  '55-2120-6706',
  '(55) 2120 6706',
  '(55)2120-6706',
  '55.2120.6706',
  '552 120 6706',
  '55 21 20 67 06',
  '55/2120/6706',
  '55 – 2120 – 6706',
  '55\u00a02120\u00a06706',
  '5 5 2 1 2 0 6 7 0 6',
  '５５２１２０６７０６',
  '[55] 2120 6706',
  '55_2120_6706',
  '55\u200b2120\u200b6706',
  '55 2120-67-06.',
];

test(`${CODES.length * GROUPS.length} spellings of one Mexican mobile are one number`, () => {
  expect(CODES.length * GROUPS.length).toBeGreaterThan(100);
  for (const code of CODES) {
    for (const group of GROUPS) expect(read(code + group, 'MX'), code + group).toBe('+525521206706');
  }
});

test.each([
  '415 555 2671',
  '(415) 555-2671',
  '1-415-555-2671',
  '+1 415 555 2671',
  '+1 (415) 555.2671',
  '001 415 555 2671',
  '4155552671',
  '1 (415) 5552671',
  '415.555.2671',
])('in the United States %s is one number', (text) => {
  expect(read(text, 'US')).toBe('+14155552671');
});

test.each([
  '',
  '552120670',
  '55 2120 6706 / 55 2120 6707',
  '55 2120 6706 o 55 2120 6707',
  '55212O6706',
  'Calle 5',
  '+52 55 2120 67067',
  '55 2120 670a',
  '+',
  '+52',
  '0000000000',
  '١٢٣٤٥٦٧٨٩٠',
  '1552120670',
])('refuses %j as a Mexican phone', (text) => {
  expect(read(text, 'MX')).toBeUndefined();
});

test.each([
  '(213) 555-0187',
  '+1 213 555 0187',
  '0012135550187',
  '011 1 213 555 0187',
  '1 (213) 555-0187',
  '12135550187',
  '213.555.0187 ext. 12',
  '213-555-0187 x12',
  'tel:+1-213-555-0187',
])('%s of the United States is one number, whichever country is offered first', (text) => {
  for (const rules of [BOTH, getPhoneRules(['US', 'MX'])]) {
    expect(readPhone(text, rules, 'US')).toEqual({ e164: '+12135550187', country: 'US' });
  }
});

test('a number that says its country needs no other, and one that does not is read in the chosen one alone', () => {
  expect(readPhone('+52 1 55 2120 6706', BOTH, 'US')).toEqual({ e164: '+525521206706', country: 'MX' });
  expect(readPhone('00 52 55 2120 6706', BOTH, undefined)?.e164).toBe('+525521206706');
  expect(readPhone('(213) 555-0187', BOTH, 'MX')).toBeUndefined();
  expect(readPhone('55 2120 6706', BOTH, 'US')).toBeUndefined();
  expect(readPhone('55 2120 6706', BOTH, undefined)).toBeUndefined();
  // Ten digits that are a number of both.
  expect(readPhone('331 234 5678', BOTH, 'MX')?.e164).toBe('+523312345678');
  expect(readPhone('331 234 5678', BOTH, 'US')?.e164).toBe('+13312345678');
});

test('a number of a country that is not offered is refused', () => {
  for (const text of ['+1 213 555 0187', '+503 7123 4567', '00 503 7123 4567', '(213) 555-0187']) {
    expect(isPhone(text, getPhoneRules(['MX']))).toBe(false);
  }
});

test('011 is Buenos Aires in Argentina and leads abroad from North America', () => {
  const rules = getPhoneRules(['AR', 'US']);
  expect(readPhone('011 15 2345-6789', rules, 'AR')?.e164).toBe('+5491123456789');
  expect(readPhone('011 54 9 11 2345 6789', rules, 'US')?.e164).toBe('+5491123456789');
});

test.each([
  '11 2345 6789',
  '11 15 2345 6789',
  '011 15-2345-6789',
  '+54 11 2345 6789',
  '+54 9 11 2345 6789',
  '54 9 11 2345 6789',
])('in Argentina %s is one mobile', (text) => {
  expect(readPhone(text, getPhoneRules(['AR']), 'AR')?.e164).toBe('+5491123456789');
});

test('what was kept under earlier rules is found by its E.164 form', () => {
  expect(readE164('+503 2123 4567')).toBe('+50321234567');
  expect(readE164('00 52 1 55 2120 6706')).toBe('+525521206706');
  for (const text of ['55 2120 6706', '+', '+0123456789', '+1234567', 'Maria']) expect(readE164(text)).toBeUndefined();
});

test('sends Mexican mobiles as the vendor’s examples do, or as the standard does', () => {
  expect(formatUpstreamPhone('+525521206706', { mexicanMobile: 'documented' })).toBe('+5215521206706');
  expect(formatUpstreamPhone('+525521206706', { mexicanMobile: 'e164' })).toBe('+525521206706');
  expect(formatUpstreamPhone('+14155552671', { mexicanMobile: 'documented' })).toBe('+14155552671');
});
