import { expect, test } from 'vitest';
import { getLastFour, isCodeAlias, isNumberAlias } from './alias.ts';
import { hasCardNumber } from './card-number.ts';
import { isCardExpired, toMonthYear } from './expiry.ts';
import { BRANDS_WITHOUT_NETWORK, getCardNetwork } from './networks.ts';

test.each([
  '4111111111111111',
  'my card 4111 1111 1111 1111 thanks',
  '5555-5555-5555-4444',
  '4111.1111.1111.1111',
  '4111 - 1111 - 1111 - 1111',
  '4111\u00a01111\u20091111\u202f1111',
  '4111\u200b111111111111',
  '4111/1111/1111/1111',
  '４１１１１１１１１１１１１１１１',
  '(4111) 1111_1111_1111',
  '٤١١١١١١١١١١١١١١١',
  '4\ufe0f\u20e31\ufe0f\u20e31\ufe0f\u20e31\ufe0f\u20e3111111111111',
  '4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1',
  '3714 496353 98431',
  // With its expiry and code in the same box, and behind a house number.
  '4111 1111 1111 1111 11/28 123',
  '296, 4111 1111 1111 1111',
  '4111111111111111@mail.com',
])('sees the card in %j', (text) => {
  expect(hasCardNumber(text)).toBe(true);
});

test.each([
  'Avenida Calle Dos 296',
  '4111111111111112',
  '+5215521206706',
  '411111111111',
  '',
  // Longer than any card: an account of its own, such as an Argentine CBU.
  '2850590940090418135201',
  'a4b1c1d1e1f1g1h1i1j1k1l1m1n1o1p1',
])('sees no card in %j', (text) => {
  expect(hasCardNumber(text)).toBe(false);
});

test('takes only aliases of the configured vault, with or without the last four for a number', () => {
  expect(isNumberAlias('tok_sandbox_9PNgfqqpdpyQpnD1jYkdw1', 'sandbox')).toBe(true);
  expect(getLastFour('tok_sandbox_9PNgfqqpdpyQpnD1jYkdw1_1111')).toBe('1111');
  expect(getLastFour('tok_sandbox_9PNgfqqpdpyQpnD1jYkdw1')).toBeUndefined();
  expect(isNumberAlias('tok_sandbox_9PNgfqqpdpyQpnD1jYkdw1_1111', 'sandbox')).toBe(true);
  expect(isNumberAlias('TOK_SANDBOX_9PNgfqqpdpyQpnD1jYkdw1_1111', 'sandbox')).toBe(true);
  expect(isCodeAlias('tok_sandbox_brucMoj9eTJR3xhqdmM4AQ', 'sandbox')).toBe(true);
  for (const bad of [
    '4111111111111111',
    'tok_live_9PNgfqqpdpyQpnD1jYkdw1_1111',
    'tok_sandbox_9PNgfqqpdpyQpnD1jYkdw1_111',
    '',
  ]) {
    expect(isNumberAlias(bad, 'sandbox'), bad).toBe(false);
  }
  expect(isCodeAlias('123', 'sandbox')).toBe(false);
});

test('reads an expiry as MMYY and knows when it is past', () => {
  expect(['11 / 28', '11/28', '1128', '11/2028'].map(toMonthYear)).toEqual(['1128', '1128', '1128', '1128']);
  expect(['13/28', '1/28', '', '11-28'].map(toMonthYear)).toEqual([undefined, undefined, undefined, undefined]);
  expect(isCardExpired('1126', '2026-11-30')).toBe(false);
  expect(isCardExpired('1026', '2026-11-01')).toBe(true);
});

test('maps brands through the table and guesses nothing', () => {
  expect(getCardNetwork('mastercard')).toBe('MasterCard');
  for (const brand of ['visaelectron', 'visa-electron', 'Visa Electron']) expect(getCardNetwork(brand)).toBe('Visa');
  for (const brand of ['diners', 'dinersclub', 'diners-club', 'dinclub'])
    expect(getCardNetwork(brand)).toBe('DinersClubInternational');
  for (const brand of BRANDS_WITHOUT_NETWORK) expect(getCardNetwork(brand)).toBeUndefined();
  expect(getCardNetwork('constructor')).toBeUndefined();
});
