import { expect, test } from 'vitest';
import { buildPresentationRequest } from './presentation-request.ts';

test('asks for one document with names and birth date, and for no more than the form has a field for', () => {
  const { dcql_query: query, ...request } = buildPresentationRequest('nonce-1');
  expect(request).toMatchObject({ response_type: 'vp_token', response_mode: 'dc_api', nonce: 'nonce-1' });
  expect(request).not.toHaveProperty('client_id');
  expect(query.credential_sets).toEqual([{ options: [['mdl'], ['idpass']] }]);
  for (const credential of query.credentials) {
    expect(credential.claims.map(({ path }) => path.join(' '))).toEqual([
      'org.iso.18013.5.1 given_name',
      'org.iso.18013.5.1 family_name',
      'org.iso.18013.5.1 birth_date',
      'org.iso.18013.5.1 sex',
      'org.iso.18013.5.1 resident_address',
      'org.iso.18013.5.1 resident_city',
      'org.iso.18013.5.1 resident_state',
      'org.iso.18013.5.1 resident_postal_code',
      'org.iso.18013.5.1 resident_country',
    ]);
    expect(credential.claim_sets[1]).toEqual(['given_name', 'family_name', 'birth_date']);
  }
});
