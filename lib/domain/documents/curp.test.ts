import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { computeCurpCheckDigit, normalizeCurp, readCurp } from './curp.ts';

/** Completes an invented CURP. */
const complete = (start: string) => start + computeCurpCheckDigit(start);
const MARIA = complete('GAXM870624MDFRXR0');
const JUAN = complete('GOAJ040229HJCMLNA');

test('reads the date, the sex and the state of birth', () => {
  expect(readCurp(MARIA)).toEqual({ dob: '1987-06-24', gender: 'Female', birthState: 'MX-CMX' });
  expect(readCurp(JUAN)).toEqual({ dob: '2004-02-29', gender: 'Male', birthState: 'MX-JAL' });
});

test('the 17th character tells the century', () => {
  expect(readCurp(complete('GAXM040624MDFRXR0'))?.dob).toBe('1904-06-24');
  expect(readCurp(complete('GAXM040624MDFRXRA'))?.dob).toBe('2004-06-24');
});

test('a birth abroad and the third sex have no value in the form', () => {
  expect(readCurp(complete('GAXM870624XNERXR0'))).toEqual({ dob: '1987-06-24' });
});

test('takes spaces, dashes and small letters', () => {
  expect(normalizeCurp(` ${MARIA.toLowerCase().replace(/(.{4})/g, '$1 ')} `)).toBe(MARIA);
  expect(readCurp(`${MARIA.slice(0, 4)}-${MARIA.slice(4)}`)).toBeDefined();
});

describe('is certain of all or of nothing', () => {
  test.each([
    ['a date that the calendar does not have', complete('GAXM870231MDFRXR0')],
    ['a leap day of another year', complete('GAXM870229MDFRXR0')],
    ['a state that is none', complete('GAXM870624MZZRXR0')],
    ['a missing character', MARIA.slice(0, 17)],
    ['another code after it', `${MARIA}0`],
    ['no text', ''],
  ])('%s', (_what, curp) => {
    expect(readCurp(curp)).toBeUndefined();
  });

  test('one wrong character changes the check digit or the form', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'.split('');
    const place = fc.nat(17);
    fc.assert(
      fc.property(place, fc.constantFrom(...alphabet), (index, char) => {
        fc.pre(MARIA[index] !== char);
        const value = (letter: string) => '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ'.indexOf(letter);
        const weight = 18 - index;
        // The check digit cannot tell characters apart whose weighted difference is a multiple of ten.
        fc.pre(index === 17 || ((value(char) - value(MARIA[index] ?? '')) * weight) % 10 !== 0);
        expect(readCurp(MARIA.slice(0, index) + char + MARIA.slice(index + 1))).toBeUndefined();
      }),
    );
  });

  test('never throws', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => void readCurp(text)));
  });
});
