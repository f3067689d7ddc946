import { describe, expect, test } from 'vitest';
import { getPhoneRules } from '../../../reference-data/get-phone-rules.ts';
import { toFieldErrors } from '../../form-input.ts';
import { sampleContext, sampleInputs } from '../../sample-answers.ts';
import { parseFormPhone } from './phone.ts';
import { createIdentitySchema } from './schema.ts';

function read(countries: string[], phoneNumber: unknown, phoneCountry: unknown = '') {
  const schema = createIdentitySchema({ ...sampleContext, countries, phoneRules: getPhoneRules(countries) });
  const parsed = schema.safeParse({ ...sampleInputs.identity, phoneNumber, phoneCountry });
  return parsed.success ? parsed.data.phoneNumber : toFieldErrors(parsed.error.issues);
}

describe('with one country', () => {
  test('a national number is of that country, whatever a form says of it', () => {
    expect(read(['MX'], '55 2120 6706')).toBe('+525521206706');
    expect(read(['US'], '(213) 555-0187', 'MX')).toBe('+12135550187');
  });

  test.each(['(213) 555-0187', '+1 213 555 0187', '55 2120 670', '55 2120 67067', '055 2120 6706'])(
    '%s is refused',
    (text) => {
      expect(read(['MX'], text)).toEqual({ phoneNumber: 'phoneNumber.format' });
    },
  );
});

describe('with two countries', () => {
  test('a national number is of the chosen one', () => {
    expect(read(['MX', 'US'], '(213) 555-0187', 'US')).toBe('+12135550187');
    expect(read(['MX', 'US'], '55 2120 6706', 'MX')).toBe('+525521206706');
    expect(read(['MX', 'US'], '+1 213 555 0187', 'MX')).toBe('+12135550187');
  });

  test.each([
    ['(213) 555-0187', 'MX'],
    ['55 2120 6706', 'US'],
    ['55 2120 6706', ''],
    ['55 2120 6706', 'GT'],
    ['55 2120 6706', undefined],
    ['+502 5123 4567', 'MX'],
  ])('%s with the country %j is refused', (text, country) => {
    expect(read(['MX', 'US'], text, country)).toEqual({ phoneNumber: 'phoneNumber.country' });
  });
});

test.each(['', '  ', undefined, {}, 5])('%j is no answer', (text) => {
  expect(read(['MX', 'US'], text, 'MX')).toEqual({ phoneNumber: 'phoneNumber.required' });
});

test('a card number is refused by its name, and what is too long is refused', () => {
  expect(read(['MX', 'US'], '4111 1111 1111 1111', 'MX')).toEqual({ phoneNumber: 'text.cardNumber' });
  expect(read(['MX'], `55 2120 6706${' '.repeat(30)}x1`)).toBe('+525521206706');
  expect(read(['MX'], `ext. ${'5'.repeat(60)}`)).toEqual({ phoneNumber: 'phoneNumber.format' });
});

test('a wrong phone does not hide what else is wrong', () => {
  const fields = { ...sampleContext.fields, lastName2: 'required' } as const;
  const parsed = createIdentitySchema({ ...sampleContext, fields }).safeParse({
    ...sampleInputs.identity,
    phoneNumber: '1',
  });
  expect(toFieldErrors(parsed.error?.issues ?? [])).toEqual({
    phoneNumber: 'phoneNumber.format',
    lastName2: 'lastName2.required',
  });
});

test('the phone of a form is found as the schema finds it', () => {
  const rules = getPhoneRules(['MX', 'US']);
  expect(parseFormPhone({ phoneNumber: '(213) 555-0187', phoneCountry: 'US' }, rules)).toBe('+12135550187');
  expect(parseFormPhone({ phoneNumber: '+5215521206706' }, rules)).toBe('+525521206706');
  expect(parseFormPhone({ phoneNumber: '55 2120 6706' }, rules)).toBeUndefined();
  expect(parseFormPhone({ phoneNumber: '55 2120 6706' }, getPhoneRules(['MX']))).toBe('+525521206706');
});
