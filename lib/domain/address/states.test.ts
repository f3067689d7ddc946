import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { STATE_TABLE } from './state-table.ts';
import { findState, formatState, listStates, STATE_FORMATS } from './states.ts';

/** One slip at a place of a text: neighbours exchanged, a letter left out, one too many, or a wrong one. */
const pickSlip = fc.constantFrom<(text: string, index: number) => string>(
  (text, index) => text.slice(0, index) + text.charAt(index + 1) + text.charAt(index) + text.slice(index + 2),
  (text, index) => text.slice(0, index) + text.slice(index + 1),
  (text, index) => `${text.slice(0, index)}x${text.slice(index)}`,
  (text, index) => `${text.slice(0, index)}x${text.slice(index + 1)}`,
);

/** How many each country has, from ISO 3166-2. */
const COUNTS = { MX: 32, US: 51, CA: 13, BR: 27, AR: 24, CO: 33 };

test.each(Object.entries(COUNTS))('%s has its %i states', (country, count) => {
  expect(listStates(country)).toHaveLength(count);
});

describe.each(Object.keys(COUNTS))('%s', (country) => {
  test('every state is found by each of its spellings, and comes back in each form', () => {
    for (const [code, short, name, ...others] of STATE_TABLE[country] ?? []) {
      const state = { iso: `${country}-${code}`, short, name };
      const loud = name.toUpperCase();
      const plain = name.normalize('NFD').replace(/\p{M}/gu, '');
      for (const text of [code, state.iso, state.iso.toLowerCase(), short, name, loud, plain, ...others]) {
        expect(findState(country, text), text).toEqual(state);
        for (const form of STATE_FORMATS) {
          expect(formatState(country, text, form)).toBe(state[form]);
          // There and back again: each form leads to every other one.
          expect(findState(country, formatState(country, text, form))).toEqual(state);
        }
      }
    }
  });

  test('a slip in a name, and a word before it, still mean the state, and never another one', () => {
    const names = listStates(country).map(({ name }) => name);
    fc.assert(
      fc.property(
        fc.constantFrom(...names),
        fc.nat(),
        pickSlip,
        fc.constantFrom('', 'Estado de '),
        (name, where, slip, before) => {
          const index = where % Math.max(1, name.length - 1);
          const state = findState(country, before + slip(name, index));
          expect([undefined, name]).toContain(state?.name);
          if (name.length >= 9 && before === '') expect(state?.name ?? name).toBe(name);
        },
      ),
    );
  });

  test('a short first word of a name means its state or none', () => {
    for (const { name } of listStates(country)) {
      const [first = '', ...others] = name.split(' ');
      for (const length of [1, 2, 3]) {
        const text = [`${first.slice(0, length)}.`, ...others].join(' ');
        if (others.length > 0) expect([undefined, name], text).toContain(findState(country, text)?.name);
      }
    }
  });

  test('no spelling means two states', () => {
    const codes = new Map<string, string>();
    for (const [code, ...names] of STATE_TABLE[country] ?? []) {
      for (const text of new Set([code, ...names].map((text) => text.normalize('NFD').replace(/[^a-z]/gi, '')))) {
        const key = text.toLowerCase();
        expect(codes.get(key) ?? code, text).toBe(code);
        codes.set(key, code);
      }
    }
  });
});

test.each(['DF', 'D.F.', 'Distrito Federal', 'CDMX', 'MX-CMX', 'cmx', 'ciudad de mexico', 'México, D.F.'])(
  '%s is Mexico City',
  (text) => {
    expect(findState('MX', text)?.short).toBe('CDMX');
  },
);

test('the same letters are another state in another country, and an unknown name stays as it is', () => {
  expect(findState('BR', 'DF')?.name).toBe('Distrito Federal');
  expect(findState('MX', 'Texas')).toBeUndefined();
  expect(findState('MX', '')).toBeUndefined();
  expect(findState('FR', 'Texas')).toBeUndefined();
  expect(formatState('MX', ' Texas ', 'iso')).toBe(' Texas ');
  expect(formatState('CL', 'Región Metropolitana', 'short')).toBe('Región Metropolitana');
});

test.each([
  ['MX', 'Cuidad de Mexico', 'CDMX'],
  ['MX', 'Estado de Jalisco', 'Jal.'],
  ['MX', 'edo de guanajuato', 'Gto.'],
  ['MX', 'estado de méxico', 'Méx.'],
  ['US', 'State of California', 'CA'],
  ['US', 'Masachusets', 'MA'],
  ['US', 'W. Virginia', 'WV'],
  ['US', 'N Carolina', 'NC'],
  ['MX', 'Cd. de México', 'CDMX'],
  ['MX', 'Cd. México', 'CDMX'],
])('in %s “%s” is %s', (country, text, short) => {
  expect(findState(country, text)?.short).toBe(short);
});

test.each([
  ['MX', 'asdf'],
  ['MX', 'Baja'],
  ['MX', 'California'],
  ['US', 'North'],
  ['US', 'Carolina'],
])('in %s “%s” is no state', (country, text) => {
  expect(findState(country, text)).toBeUndefined();
});
