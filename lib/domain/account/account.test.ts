import { describe, expect, test } from 'vitest';
import { CARD_NUMBER_KEY } from '../card/card-number.ts';
import { canBeAccount, findAccountProblem, normalizeAccountNumber } from './account.ts';

describe('in Mexico', () => {
  test.each(['002320275621938815', '002 320 27562193881 5', ' 002-320-27562193881-5 ', '002.320.27562193881.5'])(
    'takes “%s” with its leading zeros',
    (text) => {
      expect(findAccountProblem(text, 'MX')).toBeUndefined();
      expect(normalizeAccountNumber(text, 'MX')).toBe('002320275621938815');
    },
  );

  test('of two numbers none is taken, and a card beside a CLABE does not stay', () => {
    expect(findAccountProblem('002320275621938815 o 021180064005555444', 'MX')).toBe('ubnParams.number.length');
    expect(findAccountProblem('CLABE 002320275621938815 tarjeta 4111 1111 1111 1111', 'MX')).toBe(CARD_NUMBER_KEY);
    expect(canBeAccount('CLABE 002320275621938815 tarjeta 4111 1111 1111 1111', 'MX')).toBe(false);
  });

  test.each([
    ['', 'ubnParams.number.clabe'],
    [' - ', 'ubnParams.number.clabe'],
    ['00232027562193881', 'ubnParams.number.length'],
    ['0023202756219388150', 'ubnParams.number.length'],
    ['00232027562193881A', 'ubnParams.number.length'],
    ['002320275621938816', 'ubnParams.number.check'],
    ['4111 1111 1111 1111', CARD_NUMBER_KEY],
    ['371449635398431', CARD_NUMBER_KEY],
  ])('“%s” is %s', (text, problem) => {
    expect(findAccountProblem(text, 'MX')).toBe(problem);
  });
});

describe('elsewhere', () => {
  test.each([
    ['AR', '2850590940090418135201', undefined],
    ['AR', '285059094009041813520', 'ubnParams.number.format'],
    ['PE', '002-193-001234567890-12', undefined],
    ['CO', '1234567890', undefined],
    ['CR', 'CR05 0152 0200 1026 2840 66', undefined],
    ['CR', 'IBAN: CR05 0152 0200 1026 2840 66', undefined],
    ['CO', 'Acct. No. 1234567890', undefined],
    ['AR', 'CBU 2850590940090418135201 (Galicia)', undefined],
    ['CO', '123', 'ubnParams.number.format'],
    ['CO', '12/34567', 'ubnParams.number.format'],
    ['CO', '4111111111111111', CARD_NUMBER_KEY],
    ['AR', '4111111111111111', CARD_NUMBER_KEY],
  ])('in %s “%s” is %s', (country, text, problem) => {
    expect(findAccountProblem(text, country)).toBe(problem);
  });
});
