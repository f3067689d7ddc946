import fc from 'fast-check';
import { expect, test } from 'vitest';
import { normalizePostalCode } from './postal-code.ts';

const digit = fc.stringMatching(/^\d$/);
const digits = fc.array(digit, { minLength: 5, maxLength: 5 }).map((all) => all.join(''));
const more = fc.array(digit, { minLength: 4, maxLength: 4 }).map((all) => all.join(''));
const sign = fc.constantFrom('', ' ', '-', '.', '\u2013', '\u2212', '\u00a0', '\u200b', '\ufe0f\u20e3');

test('a code is its digits, whatever stands around and between them', () => {
  const before = fc.constantFrom('', 'C.P. ', 'CP', 'cp: ', 'C. P. ', 'Código postal ', 'ZIP ', '#', '\u202a');
  const after = fc.constantFrom('', '.', ',', ' CDMX', ' México', '\u202c', '-');
  fc.assert(
    fc.property(fc.constantFrom('MX', 'US'), digits, sign, before, after, (country, code, between, start, end) => {
      const text = start + [...code].join(between) + end;
      expect(normalizePostalCode(country, text), text).toBe(code);
    }),
  );
});

test('an American code of nine digits has a hyphen', () => {
  fc.assert(
    fc.property(digits, more, sign, (code, extension, between) => {
      expect(normalizePostalCode('US', `CA ${code}${between}${extension}`)).toBe(`${code}-${extension}`);
    }),
  );
});

test('two numbers, and a code with a letter in it, are no code', () => {
  for (const text of ['0380O', '0 3 8 O O', '03800 o 03810', 'asdf', ''])
    expect(normalizePostalCode('MX', text)).not.toMatch(/^\d{5}$/);
  for (const text of ['0 03800', '03800/03810', '3800']) expect(normalizePostalCode('MX', text)).not.toMatch(/^\d{5}$/);
});

test.each([
  ['CA', ' k1a 0b1 '],
  ['AR', 'C1405CJA'],
  ['BR', '01310-100'],
])('in %s “%s” keeps its letters and signs', (country, text) => {
  expect(normalizePostalCode(country, text)).toBe(text.trim());
});
