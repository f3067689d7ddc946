import { expect, test } from 'vitest';
import { isOurs, refuseRequest } from './request-gate.ts';

const OURS = 'https://start.example';
const gate = (method: string, headers: Record<string, string> = {}) =>
  refuseRequest({ method, headers: new Headers(headers), pathname: '/es/onboarding/review' }, OURS);

test('reading is free', () => {
  expect(gate('GET')).toBeUndefined();
  expect(gate('HEAD', { origin: 'https://evil.example' })).toBeUndefined();
});

test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('%s is not a thing here', (method) => {
  expect(gate(method, { origin: OURS })).toBe(405);
});

test('a post comes from our own pages or not at all', () => {
  expect(gate('POST', { origin: OURS })).toBeUndefined();
  expect(gate('POST', { origin: OURS, 'sec-fetch-site': 'same-origin' })).toBeUndefined();
  expect(gate('POST')).toBe(403);
  expect(gate('POST', { origin: 'null' })).toBe(403);
  expect(gate('POST', { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' })).toBe(403);
  expect(gate('POST', { origin: OURS, 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(gate('POST', { origin: OURS, 'sec-fetch-site': 'same-site' })).toBe(403);
});

test('a partner’s page may post to the one address that only hands the post back', () => {
  const headers = new Headers({ origin: 'https://partner.example', 'sec-fetch-site': 'cross-site' });
  expect(refuseRequest({ method: 'POST', headers, pathname: '/partner' }, OURS)).toBeUndefined();
  expect(isOurs({ headers }, OURS)).toBe(false);
  for (const pathname of ['/partner/', '/partner/x', '/es/partner', '/Partner'])
    expect(refuseRequest({ method: 'POST', headers, pathname }, OURS)).toBe(403);
});
