import fc from 'fast-check';
import { expect, test } from 'vitest';
import { accountDigits, groupClabe, isClabe } from './clabe.ts';

test('takes the vendor’s own examples', () => {
  expect(isClabe('002320275621938815')).toBe(true);
  expect(isClabe('014027000005555558')).toBe(true);
  expect(isClabe(accountDigits('002 320 2756-2193881 5'))).toBe(true);
  expect(groupClabe('002320275621938815')).toBe('002 320 27562193881 5');
});

test('catches every single wrong digit', () => {
  const digit = fc.integer({ min: 0, max: 9 });
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 17 }), digit, (at, wrong) => {
      const digits = [...'002320275621938815'];
      fc.pre(digits[at] !== String(wrong));
      digits[at] = String(wrong);
      expect(isClabe(digits.join(''))).toBe(false);
    }),
  );
});
