import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readAamva } from './aamva.ts';

const ELEMENTS = {
  DAQ: 'D1234562',
  DCS: 'GARCIA',
  DDE: 'N',
  DAC: 'MARIA',
  DDF: 'N',
  DAD: 'LUCIA',
  DDG: 'N',
  DBB: '06241987',
  DBC: '2',
  DAG: '1123 MAPLE AVE',
  DAH: 'APT 4',
  DAI: 'LOS ANGELES',
  DAJ: 'CA',
  DAK: '900150000  ',
  DCG: 'USA',
};
type Elements = Partial<typeof ELEMENTS>;

/** Writes a card's text as annex D of the standard shows it. */
function write(elements: Elements, directory = 'DL00410278ZV03190008'): string {
  const lines = Object.entries(elements).map(([code, value]) => code + value);
  return `@\n\x1e\rANSI 636000100102${directory}DL${lines.join('\n')}\rZVZVA01\r`;
}
const read = (change: Elements, directory?: string) => {
  const reading = readAamva(write({ ...ELEMENTS, ...change }, directory));
  return reading.kind === 'read' ? reading.fields : reading.kind;
};
const FIELDS = {
  firstName: 'MARIA',
  middleName: 'LUCIA',
  lastName: 'GARCIA',
  dob: '1987-06-24',
  gender: 'Female',
  address1: '1123 MAPLE AVE',
  address2: 'APT 4',
  city: 'LOS ANGELES',
  state: 'California',
  zipCode: '90015',
  countryCode: 'US',
};

test('reads names, birth date, sex and address', () => {
  expect(read({})).toEqual(FIELDS);
});

test.each(['DL00410278ZV03190008', 'ZV03190008DL00410278', 'DL99999999', ''])(
  'finds the elements with the directory “%s”',
  (directory) => {
    expect(read({}, directory)).toEqual(FIELDS);
  },
);

test('line ends of another system, and a first version’s short header', () => {
  expect(readAamva(write(ELEMENTS).replaceAll('\n', '\r\n'))).toEqual({ kind: 'read', fields: FIELDS });
  expect(readAamva(write(ELEMENTS).replace('ANSI 636000100102', 'ANSI 6360000102'))).toEqual({
    kind: 'read',
    fields: FIELDS,
  });
});

test('Canada writes the year first, and its postal codes with a space', () => {
  const canadian = { DCG: 'CAN', DBB: '19870624', DAJ: 'ON', DAI: 'TORONTO', DAK: 'M5V3L9     ' };
  expect(read(canadian)).toMatchObject({ dob: '1987-06-24', state: 'Ontario', zipCode: 'M5V 3L9', countryCode: 'CA' });
});

describe('only what is certain is filled', () => {
  test.each<[string, Elements, readonly string[]]>([
    ['a last name of which the card has the start', { DDE: 'T' }, ['lastName']],
    ['a first name of which the card has the start', { DDF: 'T' }, ['firstName']],
    ['a middle name of which the card has the start', { DDG: 'T' }, ['middleName']],
    ['a middle name that there is not', { DAD: 'NONE' }, ['middleName']],
    ['a name with a lost letter', { DCS: 'MU\ufffdOZ' }, ['lastName']],
    ['a date in the other order', { DBB: '19870624' }, ['dob']],
    ['a date that is none', { DBB: '02301987' }, ['dob']],
    ['a sex that is not specified', { DBC: '9' }, ['gender']],
    ['a postal code that is none', { DAK: '123' }, ['zipCode']],
    ['a second line that there is not', { DAH: '' }, ['address2']],
    [
      'a state that is not in the table',
      { DAJ: 'PR' },
      ['address1', 'address2', 'city', 'state', 'zipCode', 'countryCode'],
    ],
    ['no street', { DAG: '' }, ['address1', 'address2', 'city', 'state', 'zipCode', 'countryCode']],
    ['another country', { DCG: 'MEX' }, ['dob', 'address1', 'address2', 'city', 'state', 'zipCode', 'countryCode']],
  ])('%s', (_what, change, missing) => {
    const expected = Object.fromEntries(Object.entries(FIELDS).filter(([name]) => !missing.includes(name)));
    expect(read(change)).toEqual(expected);
  });

  test('a long postal code keeps its last digits unless they are zeros', () => {
    expect(read({ DAK: '900151234' })).toMatchObject({ zipCode: '90015-1234' });
    expect(read({ DAK: '90015' })).toMatchObject({ zipCode: '90015' });
  });

  test('a name in several words stays, and a comma between given names becomes a space', () => {
    expect(read({ DCS: 'DE LA CRUZ MUÑOZ', DAD: 'LUCIA,INES' })).toMatchObject({
      lastName: 'DE LA CRUZ MUÑOZ',
      middleName: 'LUCIA INES',
    });
  });
});

test('a code that is no licence, and a licence without any value', () => {
  expect(readAamva('https://qr.ine.mx/1')).toEqual({ kind: 'unknown' });
  expect(readAamva('ANSI 636000100102DL00410278DL')).toEqual({ kind: 'damaged' });
});

test('reads any text without an error, and back what was written', () => {
  fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => void readAamva(`ANSI 636000100102${text}`)));
  const name = fc
    .stringMatching(/^[A-ZÑÁÉ][A-ZÑÁÉ' -]{0,20}[A-ZÑÁÉ]$/)
    .filter((text) => !/^(none|unavl|unavail|unknown|n\/?a)$/i.test(text) && !/ {2}/.test(text));
  fc.assert(
    fc.property(name, name, name, (DCS, DAC, DAD) => {
      expect(read({ DCS, DAC, DAD })).toMatchObject({ lastName: DCS, firstName: DAC, middleName: DAD });
    }),
  );
});
