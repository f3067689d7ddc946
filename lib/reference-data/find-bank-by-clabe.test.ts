import { expect, test } from 'vitest';
import { findBankByClabe } from './find-bank-by-clabe.ts';

test.each([
  ['002', 'Banco Nacional de México', 'BANAMEX (Banco Nacional de México)'],
  ['002320275621938815', 'Banco Nacional de México', 'BANAMEX (Banco Nacional de México)'],
  ['012', 'BBVA Bancomer', 'BBVA Bancomer'],
  ['072', 'Banco Mercantil del Norte', 'BANORTE (Banco Mercantil del Norte)'],
  ['1271', 'Banco Azteca', 'Banco Azteca'],
])('%s is %s', (digits, name, label) => {
  expect(findBankByClabe(digits)).toEqual({ name, label });
});

test.each(['', '00', '998', 'abc', '0-2'])('“%s” is no bank of the table', (digits) => {
  expect(findBankByClabe(digits)).toBeUndefined();
});
