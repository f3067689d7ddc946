import type { IncomingMessage } from 'node:http';
import { beforeEach, expect, test, vi } from 'vitest';
import { getRequestRejection, isAmbiguous } from './request-rejection.ts';

const ORIGIN = 'https://start.example';
const state = vi.hoisted(() => ({ inFlight: new Map<string, number>(), events: [] as { event: string }[] }));
vi.mock('../config/env.ts', () => ({
  getEnv: () => ({ APP_ORIGIN: 'https://start.example', LIMIT_POSTS_PER_ADDRESS: 2 }),
}));
vi.mock('./in-flight-requests.ts', () => ({ countByClient: () => state.inFlight }));
vi.mock('./error-pages.ts', () => ({ renderBusyPage: (_path: string, status: number) => ({ status, body: 'busy' }) }));
vi.mock('../observability/logger.ts', () => ({ log: (event: { event: string }) => state.events.push(event) }));
vi.mock('../observability/counted-log.ts', () => ({
  logCounted: (_key: string, build: (count: number) => { event: string }) => state.events.push(build(1)),
}));

beforeEach(() => {
  state.inFlight = new Map();
  state.events = [];
});

const limits = { perClient: 3, requests: 5, busyRequests: 5, delay: 3_600_000 };
const reject = (client: string, { method = 'GET', headers = {}, path = '/en' } = {}) =>
  getRequestRejection({ method, headers: { 'x-forwarded-for': client, ...headers } } as never, path, limits);
const FORM = { origin: ORIGIN, 'content-type': 'multipart/form-data; boundary=x', 'content-length': '10' };

test('a page that is asked for is served', async () => {
  expect(await reject('ana')).toBeUndefined();
});

test('a client with as many requests in flight as it may have gets 429, and others are served', async () => {
  state.inFlight = new Map([['ana', 3]]);
  expect(await reject('ana')).toMatchObject({ status: 429, body: 'busy' });
  expect(state.events).toEqual([{ event: 'request.refused', status: 429, requests: 1 }]);
  expect(await reject('bea')).toBeUndefined();
});

test('a full server answers 503 to the client with the most requests', async () => {
  state.inFlight = new Map(['ana', 'bea'].map((client) => [client, 2]));
  expect(await reject('cleo')).toBeUndefined();
  state.inFlight.set('cleo', 1);
  expect(await reject('ana')).toMatchObject({ status: 503, body: 'busy' });
  expect(state.events).toEqual([{ event: 'server.shedding', requests: 1 }]);
});

test('a request that no page of ours sends is refused by its status, without a page', async () => {
  expect(await reject('ana', { method: 'PUT' })).toEqual({ status: 405 });
  expect(await reject('ana', { method: 'POST', headers: { ...FORM, origin: 'https://evil.example' } })).toEqual({
    status: 403,
  });
  expect(state.events).toHaveLength(2);
});

test('posts of an address beyond its limit get 429, the first of them is logged, and pages are still served', async () => {
  const post = () => reject('poster', { method: 'POST', headers: FORM });
  expect([await post(), await post()]).toEqual([undefined, undefined]);
  expect([await post(), await post()]).toMatchObject([{ status: 429 }, { status: 429 }]);
  expect(state.events).toEqual([{ event: 'limit.reached', limit: 'postAddress' }]);
  expect(await reject('poster')).toBeUndefined();
});

const isRequestAmbiguous = (path: string, rawHeaders = ['Host', 'start.example'], httpVersionMajor = 1) =>
  isAmbiguous({ rawHeaders, httpVersionMajor } as IncomingMessage, path);

test.each(['/en/../es', '/en/./x', '/en/%2e%2E/es', '/en/..', '/en%2Fx', '/en%5cx', '/en\\x', '/en/%ff'])(
  'the path %s can be read in two ways, or not at all',
  (path) => expect(isRequestAmbiguous(path)).toBe(true),
);

test.each(['/', '/en', '/en/..x', '/en/x.y', '/_next/static/chunks/app/%5Blocale%5D/page.js', '/%C3%A9'])(
  'the path %s can be read in one way',
  (path) => expect(isRequestAmbiguous(path)).toBe(false),
);

test('two hosts, in any spelling, or no version of HTTP can be read in two ways', () => {
  expect(isRequestAmbiguous('/en', ['Host', 'a', 'hOST', 'b'])).toBe(true);
  expect(isRequestAmbiguous('/en', ['X-Name', 'host', 'Host', 'host'])).toBe(false);
  expect(isRequestAmbiguous('/en', [], 0)).toBe(true);
});
