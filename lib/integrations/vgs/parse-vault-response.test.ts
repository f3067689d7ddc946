import { describe, expect, test } from 'vitest';
import { parseVaultResponse } from './parse-vault-response.ts';

const fields = {
  CardNumber: 'tok_sandbox_9PNgfqqpdpyQpnD1jYkdw1_1111',
  Cvv: 'tok_sandbox_brucMoj9eTJR3xhqdmM4AQ',
  ExpirationDate: '11 / 28',
};
const card = {
  number: fields.CardNumber,
  securityCode: fields.Cvv,
  expirationDate: '1128',
  cardNetwork: 'Visa',
  lastFour: '1111',
};
const shown = { last4: '1111', brand: 'visa' };
const FAULT = { problem: 'card.fault', fault: 'vault.answer' };
/** The answer around the fields, as each mode has it. */
const MODES = { proxy: (json: unknown) => ({ data: '{"CardNumber":"4111…', json }), tokenize: (flat: unknown) => flat };

describe.each(['proxy', 'tokenize'] as const)('%s', (mode) => {
  const read = (
    status: number | null,
    vaultFields: unknown,
    displayedCard: { last4: string | undefined; brand: string } = shown,
  ) => parseVaultResponse({ status, body: MODES[mode](vaultFields) }, displayedCard, { environment: 'sandbox', mode });

  test('takes the aliases by name and nothing else', () => {
    expect(read(200, { ...fields, headers: 'x' })).toEqual({ card });
    expect(read(201, fields)).toEqual({ card });
  });

  test('an alias without the last four goes with those that the field shows', () => {
    const number = 'tok_sandbox_9PNgfqqpdpyQpnD1jYkdw1';
    expect(read(200, { ...fields, CardNumber: number })).toEqual({ card: { ...card, number } });
    expect(read(200, { ...fields, CardNumber: number }, { ...shown, last4: undefined })).toEqual(FAULT);
  });

  test.each([
    [null, undefined, 'card.busy'],
    [429, {}, 'card.busy'],
    [500, {}, 'card.busy'],
    [503, {}, 'card.busy'],
    [400, {}, 'card.refused'],
    [422, {}, 'card.refused'],
    [401, {}, 'vault.route'],
    [403, {}, 'vault.route'],
    [404, {}, 'vault.route'],
    [302, fields, 'vault.route'],
    [200, undefined, 'vault.answer'],
    [200, null, 'vault.answer'],
    [200, { ...fields, CardNumber: '4111111111111111' }, 'vault.answer'],
    [200, { ...fields, CardNumber: undefined }, 'vault.answer'],
    [200, { ...fields, Cvv: '123' }, 'vault.answer'],
    [200, { ...fields, CardNumber: 'tok_sandbox_9PNgfqqpdpyQpnD1jYkdw1_2222' }, 'vault.answer'],
    [200, { ...fields, CardNumber: 'tok_live_9PNgfqqpdpyQpnD1jYkdw1_1111' }, 'vault.answer'],
    [200, { ...fields, ExpirationDate: '' }, 'vault.answer'],
    [200, { ...fields, ExpirationDate: 'tok_sandbox_brucMoj9eTJR3xhqdmM4AQ' }, 'vault.answer'],
  ])('status %s with %j is %s', (status, vaultFields, expectedProblem) => {
    expect(read(status, vaultFields)).toEqual(
      expectedProblem.startsWith('vault.')
        ? { problem: 'card.fault', fault: expectedProblem }
        : { problem: expectedProblem },
    );
  });

  test('a brand that is not in the table is a problem and not a guess', () => {
    expect(read(200, fields, { last4: '1111', brand: 'unknown' })).toEqual({ problem: 'card.network' });
  });
});

test('one mode does not read the other’s answer', () => {
  const createOptions = (mode: 'proxy' | 'tokenize') => ({ environment: 'sandbox', mode });
  expect(parseVaultResponse({ status: 200, body: fields }, shown, createOptions('proxy'))).toEqual(FAULT);
  expect(parseVaultResponse({ status: 200, body: { json: fields } }, shown, createOptions('tokenize'))).toEqual(FAULT);
});
