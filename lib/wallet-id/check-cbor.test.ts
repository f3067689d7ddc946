import { cborDecode } from '@owf/mdoc';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isStrictCbor } from './check-cbor.ts';

const check = (hex: string) => isStrictCbor(Buffer.from(hex, 'hex'));

test.each([
  ['a small number', '00'],
  ['a number of one byte', '1818'],
  ['a negative number', '3903e7'],
  ['a text', '6361c3b1'],
  ['a map', 'a2016161026162'],
  ['a date', 'd903ec6a313938372d30362d3234'],
  ['a date and time', 'c074323032362d31312d32385431323a30303a30305a'],
  ['embedded CBOR', 'd81843820102'],
  ['null', 'f6'],
])('accepts %s', (_name, hex) => {
  expect(check(hex)).toBe(true);
});

test.each([
  ['nothing', ''],
  ['two items', '0000'],
  ['a number that could be shorter', '1817'],
  ['a length that could be shorter', '5900054142434445'],
  ['a number beyond 2^53', '1b0020000000000000'],
  ['a cut text', '6361'],
  ['a text that is not UTF-8', '61ff'],
  ['an endless list', '9fff'],
  ['endless bytes', '5f4101ff'],
  ['a list that is longer than the file', '9a00ffffff'],
  ['a map that is longer than the file', 'bb0000000fffffffff'],
  ['the same key twice', 'a201010102'],
  ['a map with a list as key', 'a18000'],
  ['an unknown tag', 'd81d00'],
  ['a shared structure', 'd81c80'],
  ['a date that is a number', 'd903ec00'],
  ['a date with another separator', 'd903ec6a313938372c30362d3234'],
  ['a time in another zone', 'c07819323032362d31312d32385431323a30303a30302b30323a3030'],
  ['embedded text', 'd8186161'],
  ['embedded bytes after the end', 'd818420000'],
  ['embedded CBOR that is cut', 'd8184163'],
  ['undefined', 'f7'],
  ['a float', 'f93c00'],
  ['a reserved length', '1c'],
  ['16 levels and one more', `${'81'.repeat(17)}00`],
])('refuses %s', (_name, hex) => {
  expect(check(hex)).toBe(false);
});

test('answers for any bytes, and what it accepts can be decoded', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 64 }), (bytes) => {
      if (isStrictCbor(bytes)) expect(() => cborDecode(bytes)).not.toThrow();
    }),
    { numRuns: 2_000 },
  );
});
