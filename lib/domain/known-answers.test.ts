import { expect, test } from 'vitest';
import { listKnownTexts } from './known-answers.ts';

const input = {
  firstName: 'Ana',
  lastName: 'Ruiz',
  lastName2: '',
  dob: { day: '1', month: '2', year: '1990' },
  phoneNumber: '+52 55 1234 5678',
  gender: 'Female',
  placeDetail: '{}',
};

test('known answers read as a line, without gaps, codes or data of maps', () => {
  const known = ['phoneNumber', 'firstName', 'lastName', 'lastName2', 'gender', 'placeDetail'];
  expect(listKnownTexts(input, known, 'MX')).toEqual(['Ana Ruiz', '+52 55 1234 5678']);
  expect(listKnownTexts(input, ['dob.day', 'dob.month', 'dob.year'], 'MX')).toEqual(['1 2 1990']);
});

test('what the page asks is not in the line', () => {
  expect(listKnownTexts(input, [], 'MX')).toEqual([]);
});

test.each([
  [{ state: 'MX-CMX' }, 'Ciudad de México'],
  [{ state: 'CDMX', countryCode: 'MX' }, 'Ciudad de México'],
  [{ state: 'CO', countryCode: 'US' }, 'Colorado'],
  [{ state: 'Alta Verapaz', countryCode: 'GT' }, 'Alta Verapaz'],
])('the state of %o is shown by its full name', (address, name) => {
  expect(listKnownTexts(address, ['state'], 'MX')).toEqual([name]);
});
