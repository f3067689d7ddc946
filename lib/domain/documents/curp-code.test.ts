import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeCurpCheckDigit } from './curp.ts';
import { readCurpCode } from './curp-code.ts';

const complete = (start: string) => start + computeCurpCheckDigit(start);
const MARIA = complete('GAMM870624MDFRXR0');
const ONE_SURNAME = complete('GAXM870624MDFRXR0');
const PIPES = `${MARIA}||GARCÍA|MUÑOZ|MARÍA|MUJER|24/06/1987|CIUDAD DE MÉXICO|09|`;
const CERTAIN = { dob: '1987-06-24', gender: 'Female', birthState: 'MX-CMX' };
const NAMES = { firstName: 'MARÍA', lastName: 'GARCÍA', lastName2: 'MUÑOZ' };

describe('a certificate', () => {
  test('with values in their order fills six fields', () => {
    expect(readCurpCode(PIPES)).toEqual({ kind: 'read', fields: { ...CERTAIN, ...NAMES } });
  });

  test('with labelled values fills the same', () => {
    const text = `||Número de Validación Legal: 12345678901 |Nombre: MARÍA GARCÍA MUÑOZ |CURP: ${MARIA}||`;
    expect(readCurpCode(text)).toEqual({ kind: 'read', fields: { ...CERTAIN, ...NAMES } });
  });

  test('of a person with one surname says so', () => {
    const text = `${ONE_SURNAME}||GARCIA||MARIA|MUJER|24/06/1987|CIUDAD DE MEXICO|09`;
    expect(readCurpCode(text)).toEqual({
      kind: 'read',
      fields: { ...CERTAIN, firstName: 'MARIA', lastName: 'GARCIA', oneSurname: 'yes' },
    });
  });

  test('with the CURP alone fills what the CURP says', () => {
    expect(readCurpCode(MARIA)).toEqual({ kind: 'read', fields: CERTAIN });
    expect(readCurpCode(`${MARIA}|`)).toEqual({ kind: 'read', fields: CERTAIN });
  });
});

describe('only what is certain is filled', () => {
  test.each([
    ['names in another order', `${MARIA}||MARÍA|GARCÍA|MUÑOZ|MUJER|24/06/1987`],
    ['names in other places', `${MARIA}|GARCÍA|MUÑOZ|MARÍA|MUJER|24/06/1987`],
    ['a name with a lost letter', `${MARIA}||GARC\ufffdA|MUÑOZ|MARÍA|MUJER|24/06/1987`],
    ['a name without letters', `${MARIA}||GARCÍA|MUÑOZ|.|MUJER|24/06/1987`],
    ['a name in one line that can be divided in two ways', `|Nombre: MARÍA |CURP: ${MARIA}|`],
  ])('%s: the names are left out', (_what, text) => {
    expect(readCurpCode(text)).toEqual({ kind: 'read', fields: CERTAIN });
  });

  test.each([
    ['a wrong check digit', PIPES.replace(MARIA, MARIA.slice(0, 17) + ((Number(MARIA[17]) + 1) % 10))],
    ['another date', PIPES.replace('24/06/1987', '25/06/1987')],
    ['another sex', PIPES.replace('MUJER', 'HOMBRE')],
  ])('%s: nothing is filled', (_what, text) => {
    expect(readCurpCode(text)).toEqual({ kind: 'damaged' });
  });
});

test.each([
  ['addressOnly', 'https://qr.ine.mx/004697'],
  ['addressOnly', 'http://QR.INE.MX/1234567890'],
  ['unknown', 'https://example.com/?q=1'],
  ['unknown', ''],
  ['unknown', '|||'],
  ['unknown', 'ABCD'],
])('%s: %s', (kind, text) => {
  expect(readCurpCode(text)).toEqual({ kind });
});

test('any text is read without an error, and a changed one never gives another date, sex or state', () => {
  fc.assert(fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), (text) => void readCurpCode(text)));
  fc.assert(
    fc.property(fc.nat(PIPES.length - 1), fc.constantFrom('|', 'X', '0', 'Ñ', ' ', '\n'), (index, char) => {
      fc.pre(index >= MARIA.length);
      const reading = readCurpCode(PIPES.slice(0, index) + char + PIPES.slice(index + 1));
      if (reading.kind === 'read') expect(reading.fields).toMatchObject(CERTAIN);
    }),
  );
});
