import fc from 'fast-check';
import { expect, test } from 'vitest';
import { findSwappedDigits, groupClabe, isClabe } from './clabe.ts';

const COUNT = 10_000;
const WEIGHTS = [3, 7, 1];

/** The check digit written down again, the long way: the sum up to the next ten. */
function addCheckDigit(digits: readonly number[]): string {
  const sum = digits.map((digit, index) => (digit * (WEIGHTS[index % 3] as number)) % 10).reduce((a, b) => a + b, 0);
  return `${digits.join('')}${(Math.ceil(sum / 10) * 10 - sum) % 10}`;
}

/** Any CLABE: leading zeros as often as chance has them. */
const clabes = fc.array(fc.integer({ min: 0, max: 9 }), { minLength: 17, maxLength: 17 }).map(addCheckDigit);

test('takes the vendor’s own examples, and reads them as banks print them', () => {
  expect(isClabe('002320275621938815')).toBe(true);
  expect(isClabe('014027000005555558')).toBe(true);
  expect(groupClabe('002320275621938815')).toBe('002 320 27562193881 5');
});

test(`of ${COUNT} numbers every valid one is taken and every one with a wrong digit is caught`, () => {
  fc.assert(
    fc.property(clabes, (clabe) => {
      expect(isClabe(clabe)).toBe(true);
      for (let index = 0; index < 18; index += 1) {
        for (let digit = 0; digit <= 9; digit += 1) {
          const changed = clabe.slice(0, index) + digit + clabe.slice(index + 1);
          if (changed !== clabe && isClabe(changed)) throw new Error(`${changed} passes for ${clabe}`);
        }
      }
    }),
    { numRuns: COUNT },
  );
});

test('two neighbours that changed places are hinted at, wherever the check can see it', () => {
  fc.assert(
    fc.property(clabes, fc.integer({ min: 0, max: 16 }), (clabe, index) => {
      const swapped = clabe.slice(0, index) + clabe.charAt(index + 1) + clabe.charAt(index) + clabe.slice(index + 2);
      const difference = Math.abs(Number(clabe.charAt(index)) - Number(clabe.charAt(index + 1)));
      if (difference === 0 || difference === 5) return;
      if (isClabe(swapped)) throw new Error(`${swapped} passes`);
      expect(findSwappedDigits(swapped)).toContain(index + 1);
    }),
    { numRuns: COUNT },
  );
});

test.each(['', '1', '002320275621938815', '00232027562193881x'])('there is nothing to hint at in “%s”', (digits) => {
  expect(findSwappedDigits(digits)).toEqual([]);
});
