import type { IncomingMessage } from 'node:http';
import { expect, test, vi } from 'vitest';
import { readClientIp, sanitizeForwardedHeaders } from './forwarded-headers.ts';

const env = vi.hoisted(() => ({ TRUSTED_HOPS: 0 }));
vi.mock('../config/env.ts', () => ({ getEnv: () => env }));

const sanitize = (headers: Record<string, string>, method = 'GET') => {
  const request = {
    method,
    headers: { ...headers },
    socket: { remoteAddress: '192.0.2.1' },
  } as unknown as IncomingMessage;
  sanitizeForwardedHeaders(request);
  return request;
};

test.each([
  [0, '198.51.100.7', '192.0.2.1'],
  [1, '203.0.113.9, 198.51.100.7', '198.51.100.7'],
  [2, '203.0.113.9, 198.51.100.7', '203.0.113.9'],
])('behind %i proxies of ours, %s is the client %s', (hops, forwardedFor, client) => {
  env.TRUSTED_HOPS = hops;
  const request = sanitize({ 'x-forwarded-for': forwardedFor });
  expect(request.headers['x-forwarded-for']).toBe(client);
  expect(readClientIp(request)).toBe(client);
});

test('headers that would change the host, the scheme or the nonce for Next.js are removed, and others stay', () => {
  const forged = {
    'x-forwarded-host': 'evil.example',
    'x-forwarded-port': '1',
    'x-forwarded-proto': 'https',
    forwarded: 'host=evil.example',
    'x-real-ip': '203.0.113.9',
    'content-security-policy': "script-src 'nonce-abc'",
  };
  const { headers } = sanitize({ ...forged, host: 'start.example', cookie: 'a=b' });
  expect(Object.keys(headers).toSorted()).toEqual(['cookie', 'host', 'x-forwarded-for']);
});

test.each(['TRACE', 'TRACK', 'CONNECT'])(
  '%s, which makes no `Request`, becomes a method that is refused later',
  (method) => {
    expect(sanitize({}, method).method).toBe('OPTIONS');
  },
);

test('other methods stay', () => {
  expect(sanitize({}, 'POST').method).toBe('POST');
});
