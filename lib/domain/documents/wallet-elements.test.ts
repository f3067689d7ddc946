import { describe, expect, test } from 'vitest';
import { toPersonFields, type WalletElements } from './wallet-elements.ts';

const LICENCE: WalletElements = {
  given_name: 'Maria Elena',
  family_name: 'Garcia Lopez',
  birth_date: '1987-06-24',
  sex: 2,
  resident_address: '1123 Maple Ave Apt 4',
  resident_city: 'Los Angeles',
  resident_state: 'CA',
  resident_postal_code: '90015',
  resident_country: 'US',
};
const PERSON = { firstName: 'Maria Elena', lastName: 'Garcia Lopez', dob: '1987-06-24', gender: 'Female' };
const ADDRESS = {
  address1: '1123 Maple Ave Apt 4',
  city: 'Los Angeles',
  state: 'California',
  zipCode: '90015',
  countryCode: 'US',
};
const map = (change: WalletElements) => toPersonFields({ ...LICENCE, ...change });

test('maps every element', () => {
  expect(map({})).toEqual({ ...PERSON, ...ADDRESS });
});

test('keeps letters, and removes surplus spaces', () => {
  expect(map({ given_name: ' Begoña  Zoë ', family_name: 'DE LA CRUZ O’NEILL' })).toMatchObject({
    firstName: 'Begoña Zoë',
    lastName: 'DE LA CRUZ O’NEILL',
  });
});

test('knows the states by code and by name, and the long and the Canadian postal code', () => {
  expect(map({ resident_state: 'California', resident_postal_code: '900151234' })).toMatchObject({
    state: 'California',
    zipCode: '90015-1234',
  });
  const canadian = { resident_country: 'CA', resident_state: 'ON', resident_postal_code: 'M5V3L9' };
  expect(map(canadian)).toMatchObject({ state: 'Ontario', zipCode: 'M5V 3L9' });
  const german = { resident_country: 'DE', resident_state: 'Berlin', resident_postal_code: '10115' };
  expect(map(german)).toMatchObject({ state: 'Berlin', zipCode: '10115', countryCode: 'DE' });
});

describe('only what is certain is mapped', () => {
  test.each<[string, WalletElements, string[]]>([
    ['no sex', { sex: 9 }, ['gender']],
    ['a sex that is a text', { sex: '2' }, ['gender']],
    ['a name that is a number', { given_name: 7 }, ['firstName']],
    ['a name without letters', { family_name: '—' }, ['lastName']],
    ['a date that is none', { birth_date: '1987-02-30' }, ['dob']],
    ['a date and time', { birth_date: '1987-06-24T00:00:00Z' }, ['dob']],
    ['a year', { birth_date: 1987 }, ['dob']],
    ['a postal code that is none', { resident_postal_code: '9' }, ['zipCode']],
    ['no street', { resident_address: '' }, Object.keys(ADDRESS)],
    ['no city', { resident_city: '-' }, Object.keys(ADDRESS)],
    ['an unknown state', { resident_state: 'Atlantis' }, Object.keys(ADDRESS)],
    ['a country that is a name', { resident_country: 'United States' }, Object.keys(ADDRESS)],
  ])('%s', (_what, change, missing) => {
    const all = Object.entries({ ...PERSON, ...ADDRESS });
    expect(map(change)).toEqual(Object.fromEntries(all.filter(([name]) => !missing.includes(name))));
  });

  test('nothing', () => {
    expect(toPersonFields({})).toEqual({});
  });
});
