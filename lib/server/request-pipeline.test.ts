import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterAll, beforeEach, expect, test, vi } from 'vitest';
import { sendRawRequest, startHttpServer } from '../../e2e/support/http-server.ts';
import { setRequestOutage, setRequestStarted, UnreadableRequest } from '../http/request-context.ts';
import { createRequestPipeline } from './request-pipeline.ts';

vi.mock('../config/env.ts', () => ({
  getEnv: () => ({
    APP_ENV: 'live',
    APP_ORIGIN: 'https://start.example',
    RAAS_LINK_HOSTS: ['links.example'],
    TRUSTED_HOPS: 0,
    LIMIT_POSTS_PER_ADDRESS: 100,
  }),
}));
vi.mock('../observability/logger.ts', () => ({ log: () => {} }));
vi.mock('./static-files.ts', () => ({
  STATIC_PREFIX: '/_next/static/',
  isStaticFile: (path: string) => path === '/_next/static/built.js',
}));
vi.mock('./error-pages.ts', () => ({
  RETRY_AFTER_SECONDS: 5,
  renderBusyPage: (_path: string, status: number) => ({ status, body: 'busy' }),
}));

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;
/** Stands for Next.js. */
const handle = vi.fn<Handler>();
beforeEach(() => {
  handle.mockReset();
  handle.mockImplementation(async (_request, response) => void response.end('page'));
});

const limits = { perClient: 0, requests: 100, busyRequests: 100, delay: 3_600_000 };
const open = await startHttpServer(createRequestPipeline({ ...limits, perClient: 100 }, handle));
const full = await startHttpServer(createRequestPipeline(limits, handle));
afterAll(() => {
  open.server.close();
  full.server.close();
});

test('a page has its headers, and Next.js gets its language and the nonce of its policy', async () => {
  const { headers } = await fetch(`${open.origin}/en`);
  const policy = headers.get('content-security-policy');
  expect(policy).toMatch(/'nonce-[A-Za-z0-9+/=]{24}'/);
  expect(headers.get('x-content-type-options')).toBe('nosniff');
  expect(headers.get('strict-transport-security')).toMatch(/^max-age=/);
  expect(handle.mock.calls[0]?.[0].headers['content-security-policy']).toBe(policy);
  expect(Object.values(handle.mock.calls[0]?.[0].headers ?? {})).toContain('en');
});

test('what a client says of its address does not reach Next.js', async () => {
  await fetch(`${open.origin}/en`, {
    headers: { 'x-forwarded-for': '203.0.113.9', 'x-forwarded-host': 'evil.example' },
  });
  const headers = handle.mock.calls[0]?.[0].headers;
  expect([headers?.['x-forwarded-for'], headers?.['x-forwarded-host']]).toEqual(['127.0.0.1', undefined]);
});

test.each([
  ['a path with two readings', 'GET /en/..%2fes HTTP/1.1\r\nHost: x\r\n\r\n', '400'],
  ['an undecodable path', 'GET /en/%ff HTTP/1.1\r\nHost: x\r\n\r\n', '400'],
  ['a method that no page uses', 'PUT /en HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n', '405'],
  ['a post from elsewhere', 'POST /en HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n', '403'],
  ['an upgrade', 'GET /en HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n', '426'],
])('%s never reaches Next.js', async (_, text, status) => {
  const answer = await sendRawRequest(open.port, text);
  expect(answer).toContain(`HTTP/1.1 ${status}`);
  expect(answer).toContain("content-security-policy: default-src 'none'; frame-ancestors 'none'");
  expect(answer).toContain('x-content-type-options: nosniff');
  expect(handle).not.toHaveBeenCalled();
});

test('the path of an absolute target is the one that is judged', async () => {
  expect(await sendRawRequest(open.port, 'GET http://x/en/..%2fes HTTP/1.1\r\nHost: x\r\n\r\n')).toContain(' 400 ');
});

test('while pages are refused, built files, brand and health checks are served', async () => {
  for (const path of ['/_next/static/built.js', '/brand/logo', '/healthz', '/readyz'])
    expect([path, (await fetch(full.origin + path)).status]).toEqual([path, 200]);
  for (const path of ['/en', '/_next/static/missing.js', '/healthz/x'])
    expect([path, (await fetch(full.origin + path)).status]).toEqual([path, 429]);
  expect((await fetch(`${full.origin}/healthz`, { method: 'POST' })).status).toBe(429);
});

test('built files have no transport header, which would weigh as much as a small script', async () => {
  const { headers } = await fetch(`${open.origin}/_next/static/built.js`);
  expect(headers.get('strict-transport-security')).toBeNull();
  expect(headers.get('content-security-policy')).toBeNull();
});

test('a request that Next.js cannot read is answered with 400, and a failure of our own code with 500', async () => {
  const fail = async (_request: IncomingMessage, response: ServerResponse) => void response.writeHead(500).end();
  handle.mockImplementation(async (request, response) => {
    new UnreadableRequest();
    await fail(request, response);
  });
  expect((await fetch(`${open.origin}/en`)).status).toBe(400);
  handle.mockImplementation(async (request, response) => {
    setRequestStarted();
    await fail(request, response);
  });
  expect((await fetch(`${open.origin}/en`)).status).toBe(500);
});

const API_PATH = '/api/applications/order-1';

test('the API for partners answers its failures with problems, and a wait where asking again can help', async () => {
  const read = async (origin: string) => {
    const response = await fetch(origin + API_PATH);
    expect(response.headers.get('content-type')).toBe('application/problem+json');
    expect(response.headers.get('cache-control')).toBe('no-store');
    return [response.headers.get('retry-after'), await response.json()];
  };
  const type = 'about:blank';
  expect(await read(full.origin)).toEqual(['5', { type, title: 'Too Many Requests', status: 429 }]);
  const fail = (mark: () => void) =>
    handle.mockImplementation(async (_request, response) => {
      setRequestStarted();
      mark();
      response.writeHead(500, { 'content-type': 'text/html' }).end('Internal Server Error');
    });
  fail(() => {});
  expect(await read(open.origin)).toEqual([null, { type, title: 'Internal Server Error', status: 500 }]);
  fail(setRequestOutage);
  expect(await read(open.origin)).toEqual(['5', { type, title: 'Service Unavailable', status: 503 }]);
  fail(() => new UnreadableRequest());
  expect(await read(open.origin)).toEqual([null, { type, title: 'Bad Request', status: 400 }]);
  handle.mockRejectedValue(new Error('broken'));
  expect(await read(open.origin)).toEqual([null, { type, title: 'Internal Server Error', status: 500 }]);
  const raw = await sendRawRequest(open.port, `GET ${API_PATH}%2F7 HTTP/1.1\r\nHost: x\r\n\r\n`);
  expect(raw).toMatch(
    /^HTTP\/1\.1 400 .*connection: close.*{"type":"about:blank","title":"Bad Request","status":400}/is,
  );
});

test('other paths have pages, not problems', async () => {
  for (const path of ['/en', '/api', '/en/api/applications/order-1'])
    expect(await (await fetch(full.origin + path)).text()).toBe('busy');
});

test('a request whose handling throws is answered with 500', async () => {
  handle.mockRejectedValue(new Error('broken'));
  expect((await fetch(`${open.origin}/en`)).status).toBe(500);
});
