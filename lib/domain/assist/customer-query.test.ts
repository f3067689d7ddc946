import { expect, test } from 'vitest';
import { getPhoneRules } from '../../reference-data/get-phone-rules.ts';
import { canBeCode, matchesCustomer, readCustomerQuery } from './customer-query.ts';

const rules = getPhoneRules(['MX']);

test.each([
  ['55 2120 6706', { kind: 'phone', phone: '+525521206706' }],
  ['+52 1 55 2120 6706', { kind: 'phone', phone: '+525521206706' }],
  ['ab2c 3d4e', { kind: 'code' }],
  ['AB2C-3D4E', { kind: 'code' }],
  ['A2345678', { kind: 'code' }],
  ['Cel: 55 2120 6706 (casa)', { kind: 'phone', phone: '+525521206706' }],
  ['6706', { kind: 'text' }],
  ['23456789', { kind: 'text' }],
  ['Fernando', { kind: 'text' }],
  ['María López', { kind: 'text' }],
])('%s is understood', (text, query) => {
  expect(readCustomerQuery(text, rules, undefined)).toEqual(query);
});

test('eight letters or digits can be a code', () => {
  expect(['Fernanda', 'ABCD EFGH', '2345-6789'].map(canBeCode)).toEqual([true, true, true]);
  expect(['María', 'Núñez Gil', '6706', ''].map(canBeCode)).toEqual([false, false, false, false]);
});

test('a customer is found by part of the name without accents, or by digits of the phone', () => {
  for (const phone of ['+525521206706', '+52 55 2120 6706']) {
    const customer = { name: 'María Núñez', phone };
    for (const text of ['', 'maria', 'NUNEZ', 'ría nú', '67 06', '5521206706'])
      expect(matchesCustomer(text, customer), text).toBe(true);
    for (const text of ['nunez m', 'Mario', '999']) expect(matchesCustomer(text, customer), text).toBe(false);
  }
});
