import { expect, test } from 'vitest';
import { getRejectionStatus, isSameOrigin } from './request-validation.ts';

const OWN_ORIGIN = 'https://start.example';
const getStatus = (method: string, headers: Record<string, string> = {}) =>
  getRejectionStatus({ method, headers: new Headers(headers), pathname: '/es/onboarding/review' }, OWN_ORIGIN);

test('reading is free', () => {
  expect(getStatus('GET')).toBeUndefined();
  expect(getStatus('HEAD', { origin: 'https://evil.example' })).toBeUndefined();
});

test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE'])('%s is not a thing here', (method) => {
  expect(getStatus(method, { origin: OWN_ORIGIN })).toBe(405);
});

test('a post comes from our own pages or not at all', () => {
  expect(getStatus('POST', { origin: OWN_ORIGIN })).toBeUndefined();
  expect(getStatus('POST', { origin: OWN_ORIGIN, 'sec-fetch-site': 'same-origin' })).toBeUndefined();
  expect(getStatus('POST')).toBe(403);
  expect(getStatus('POST', { origin: 'null' })).toBe(403);
  expect(getStatus('POST', { origin: 'https://evil.example', 'x-forwarded-host': 'evil.example' })).toBe(403);
  expect(getStatus('POST', { origin: OWN_ORIGIN, 'sec-fetch-site': 'cross-site' })).toBe(403);
  expect(getStatus('POST', { origin: OWN_ORIGIN, 'sec-fetch-site': 'same-site' })).toBe(403);
});

test('a partner’s page may post to the one address that only hands the post back', () => {
  const headers = new Headers({ origin: 'https://partner.example', 'sec-fetch-site': 'cross-site' });
  expect(getRejectionStatus({ method: 'POST', headers, pathname: '/partner' }, OWN_ORIGIN)).toBeUndefined();
  expect(isSameOrigin({ headers }, OWN_ORIGIN)).toBe(false);
  for (const pathname of ['/partner/', '/partner/x', '/es/partner', '/Partner'])
    expect(getRejectionStatus({ method: 'POST', headers, pathname }, OWN_ORIGIN)).toBe(403);
});
