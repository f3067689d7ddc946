import type { ServerResponse } from 'node:http';
import { afterAll, expect, test } from 'vitest';
import { startHttpServer } from '../../e2e/support/http-server.ts';
import { rewritePage } from './rewrite-page.ts';

const HTML = { 'content-type': 'text/html; charset=utf-8', etag: 'W/"x"' };
/** 'ñ' and '€' over the borders of chunks. */
const PAGE = Buffer.from('año: 5 €');
const CHUNKS = [PAGE.subarray(0, 2), PAGE.subarray(2, 9), PAGE.subarray(9)];

/** The ways in which Next.js answers. */
const WAYS: Record<string, (response: ServerResponse) => void> = {
  'chunks that are flushed': (response) => {
    response.setHeaders(new Map(Object.entries(HTML)));
    response.flushHeaders();
    for (const chunk of CHUNKS) response.write(chunk);
    response.end();
  },
  'writeHead and end': (response) => void response.writeHead(200, HTML).end(PAGE.toString('latin1'), 'latin1'),
  'a redirect': (response) => void response.writeHead(307, 'Temporary', { ...HTML, location: '/en' }).end('año'),
  'another type': (response) => void response.writeHead(200, { 'content-type': 'text/plain' }).end('año'),
  'a failure': (response) => void response.writeHead(500, HTML).end('año'),
};

const { server, origin } = await startHttpServer((request, response) => {
  rewritePage(response, request.headers['accept-encoding'] === 'gzip', (html) => html.toUpperCase());
  WAYS[String(request.headers['x-way'])]?.(response);
});
afterAll(() => server.close());

const get = (way: string, coding = 'identity') =>
  fetch(origin, { redirect: 'manual', headers: { 'x-way': way, 'accept-encoding': coding } });

test.each(['chunks that are flushed', 'writeHead and end'])('a page by %s is rewritten whole', async (way) => {
  const response = await get(way);
  expect([response.status, await response.text()]).toEqual([200, 'AÑO: 5 €']);
  expect(response.headers.get('etag')).toBeNull();
  expect(response.headers.get('content-length')).toBe(String(Buffer.byteLength('AÑO: 5 €')));
});

test('a page is compressed for a browser that takes it', async () => {
  const response = await get('chunks that are flushed', 'gzip');
  expect([response.headers.get('content-encoding'), await response.text()]).toEqual(['gzip', 'AÑO: 5 €']);
});

test.each([
  ['a redirect', 307],
  ['another type', 200],
  ['a failure', 500],
])('%s passes unchanged', async (way, status) => {
  const response = await get(way, 'gzip');
  expect([response.status, await response.text(), response.headers.get('content-encoding')]).toEqual([
    status,
    'año',
    null,
  ]);
});
