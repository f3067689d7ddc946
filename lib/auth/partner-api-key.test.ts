import { expect, test } from 'vitest';
import { hasPartnerApiKey } from './partner-api-key.ts';

const OLD = 'k9Yb0Wq3vXc7ZrT1uLs5NeHg2Jd8MfPa';
const NEW = 'Q4xVt6Bn1Rj8Kz3Yw0Gs7Hd5Lc2Mp9Ua+/=';

test.each([
  ['the new key', `Bearer ${NEW}`, true],
  ['the old key while rotating', `Bearer ${OLD}`, true],
  ['the scheme in another case', `bearer ${OLD}`, true],
  ['no header', null, false],
  ['an empty key', 'Bearer ', false],
  ['a shorter key', `Bearer ${OLD.slice(1)}`, false],
  ['another scheme', `Basic ${OLD}`, false],
  ['two keys', `Bearer ${OLD},${NEW}`, false],
])('%s', (_what, header, expected) => {
  expect(hasPartnerApiKey(header, [NEW, OLD])).toBe(expected);
});

test('without configured keys no header is taken', () => {
  expect([null, 'Bearer ', `Bearer ${OLD}`].map((header) => hasPartnerApiKey(header, []))).toEqual([
    false,
    false,
    false,
  ]);
});
