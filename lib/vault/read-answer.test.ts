import { expect, test } from 'vitest';
import { readVaultAnswer } from './read-answer.ts';

const json = {
  CardNumber: 'tok_sandbox_9PNgfqqpdpyQpnD1jYkdw1_1111',
  Cvv: 'tok_sandbox_brucMoj9eTJR3xhqdmM4AQ',
  ExpirationDate: '11 / 28',
};
const shown = { last4: '1111', brand: 'visa' };
const read = (status: number | null, body: unknown, seen = shown) => readVaultAnswer(status, body, seen, 'sandbox');

test('takes the aliases by name and nothing else from the echo', () => {
  expect(read(200, { data: '{"CardNumber":"4111…', json: { ...json, headers: 'x' } })).toEqual({
    card: {
      number: json.CardNumber,
      securityCode: json.Cvv,
      expirationDate: '1128',
      cardNetwork: 'Visa',
    },
  });
});

test.each([
  [null, undefined, 'card.busy'],
  [429, {}, 'card.busy'],
  [500, {}, 'card.busy'],
  [400, {}, 'card.refused'],
  [401, {}, 'card.fault'],
  [403, {}, 'card.fault'],
  [404, {}, 'card.fault'],
  [200, undefined, 'card.fault'],
  [200, { json: null }, 'card.fault'],
  [200, { json: { ...json, CardNumber: '4111111111111111' } }, 'card.fault'],
  [200, { json: { ...json, Cvv: '123' } }, 'card.fault'],
  [200, { json: { ...json, CardNumber: 'tok_sandbox_9PNgfqqpdpyQpnD1jYkdw1_2222' } }, 'card.fault'],
  [200, { json: { ...json, CardNumber: 'tok_live_9PNgfqqpdpyQpnD1jYkdw1_1111' } }, 'card.fault'],
  [200, { json: { ...json, ExpirationDate: '' } }, 'card.fault'],
])('status %s with %j is %s', (status, body, problem) => {
  expect(read(status, body)).toEqual({ problem });
});

test('a brand that is not in the table is a problem and not a guess', () => {
  expect(read(200, { json }, { last4: '1111', brand: 'unknown' })).toEqual({ problem: 'card.network' });
});
