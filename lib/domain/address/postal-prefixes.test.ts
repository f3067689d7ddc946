import { describe, expect, test } from 'vitest';
import { listPostalPrefixes } from './postal-prefix-table.ts';
import { findStateOfPostalCode, isPostalCodeOfState, listStatesOfPostalCode } from './postal-prefixes.ts';
import { listStates } from './states.ts';

const PREFIXES = listPostalPrefixes(['MX', 'US', 'CA', 'BR', 'AR', 'CO', 'GT']);

/** A well-known postal code of some states: main post offices and seats of government. */
const EXAMPLES = {
  MX: [
    ['03800', 'CMX'],
    ['20000', 'AGU'],
    ['22000', 'BCN'],
    ['44100', 'JAL'],
    ['50000', 'MEX'],
    ['57000', 'MEX'],
    ['64000', 'NLE'],
    ['68000', 'OAX'],
    ['77500', 'ROO'],
    ['97000', 'YUC'],
    ['98000', 'ZAC'],
  ],
  US: [
    ['00501', 'NY'],
    ['10001', 'NY'],
    ['02108', 'MA'],
    ['20001', 'DC'],
    ['33101', 'FL'],
    ['60601', 'IL'],
    ['73301', 'TX'],
    ['79936', 'TX'],
    ['88510', 'TX'],
    ['90012', 'CA'],
    ['90012-1234', 'CA'],
    ['96813', 'HI'],
    ['99501', 'AK'],
  ],
  CA: [
    ['K1A 0B1', 'ON'],
    ['h3b 1a7', 'QC'],
    ['V6B 4Y8', 'BC'],
  ],
  BR: [
    ['01310-100', 'SP'],
    ['69900-062', 'AC'],
    ['70150900', 'DF'],
    ['72800-000', 'GO'],
  ],
  AR: [
    ['C1405CJA', 'C'],
    ['X5000', 'X'],
  ],
  CO: [
    ['110111', 'DC'],
    ['050001', 'ANT'],
  ],
} as const;

describe.each<[string, readonly (readonly [string, string])[]]>(Object.entries(EXAMPLES))('%s', (country, examples) => {
  test.each([...examples])('%s is a code of %s', (postalCode, code) => {
    expect(findStateOfPostalCode(PREFIXES, country, postalCode)?.iso).toBe(`${country}-${code}`);
    for (const { iso, short } of listStates(country))
      expect(isPostalCodeOfState(PREFIXES, country, [postalCode, short]), short).toBe(iso === `${country}-${code}`);
  });

  test('every state has codes, and every entry is a state', () => {
    const digits = Array.from({ length: 1_000 }, (_, index) => String(index).padStart(3, '0'));
    const letters = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'].map((letter) => `${letter}1A11`);
    const codes = [...digits.flatMap((prefix) => [`${prefix}00`, `${prefix}000`, `${prefix}00000`]), ...letters];
    const found = new Set(codes.flatMap((code) => listStatesOfPostalCode(PREFIXES, country, code) ?? []));
    const numeric = new Set(letters.map((code) => code.replace('A11', '111')));
    for (const code of numeric) for (const iso of listStatesOfPostalCode(PREFIXES, country, code) ?? []) found.add(iso);
    expect([...found].sort()).toEqual(
      listStates(country)
        .map(({ iso }) => iso)
        .sort(),
    );
  });
});

test.each([
  ['MX', '17000'],
  ['MX', '19999'],
  ['US', '00000'],
  ['US', '34099'],
  ['CA', 'D1A 1A1'],
])('in %s no state has the code %s', (country, postalCode) => {
  expect(listStatesOfPostalCode(PREFIXES, country, postalCode)).toEqual([]);
  expect(findStateOfPostalCode(PREFIXES, country, postalCode)).toBeUndefined();
  expect(isPostalCodeOfState(PREFIXES, country, [postalCode, listStates(country)[0]?.short ?? ''])).toBe(false);
});

test('a code of several states chooses none of them, and fits each', () => {
  expect(listStatesOfPostalCode(PREFIXES, 'US', '06390')).toEqual(['US-NY', 'US-CT']);
  expect(findStateOfPostalCode(PREFIXES, 'US', '06390')).toBeUndefined();
  expect(isPostalCodeOfState(PREFIXES, 'US', ['06390', 'Connecticut'])).toBe(true);
  expect(isPostalCodeOfState(PREFIXES, 'US', ['06390', 'NY'])).toBe(true);
  expect(isPostalCodeOfState(PREFIXES, 'US', ['06390', 'Texas'])).toBe(false);
});

test.each([
  ['MX', '0380', 'Jalisco'],
  ['MX', '03800', 'asdf'],
  ['AR', '1405', 'Jujuy'],
  ['GT', '01001', 'Guatemala'],
  ['CO', '', 'Antioquia'],
])(
  'in %s the code “%s” does not contradict “%s”: the code, the state or the table is not known',
  (country, postalCode, state) => {
    expect(isPostalCodeOfState(PREFIXES, country, [postalCode, state])).toBe(true);
  },
);
