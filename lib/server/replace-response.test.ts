import type { ServerResponse } from 'node:http';
import { afterAll, beforeEach, expect, test } from 'vitest';
import { startHttpServer } from '../../e2e/support/http-server.ts';
import { isDocumentRequest, type PlainResponse, replaceResponse } from './replace-response.ts';

const OURS: PlainResponse = { status: 503, headers: { 'retry-after': '5' }, body: 'ours' };
const HEADERS = { 'content-type': 'text/html', 'content-length': '5', etag: 'W/"x"' };
/** The ways in which Next.js answers. */
const WAYS: Record<string, (response: ServerResponse, status: number) => void> = {
  'writeHead and end': (response, status) => void response.writeHead(status, HEADERS).end('their'),
  'writeHead, write and end': (response, status) => {
    response.writeHead(status, HEADERS);
    response.write('their');
    response.end();
  },
  'a status, write and end': (response, status) => {
    response.statusCode = status;
    response.setHeader('etag', 'W/"x"');
    response.write('their');
    response.end();
  },
  'a status and end': (response, status) => {
    response.statusCode = status;
    response.setHeader('etag', 'W/"x"');
    response.end('their');
  },
};

const asked: number[] = [];
const { server, origin } = await startHttpServer((request, response) => {
  replaceResponse(response, (status) => {
    asked.push(status);
    return status === 500 ? async () => OURS : undefined;
  });
  WAYS[String(request.headers['x-way'])]?.(response, Number(request.headers['x-status']));
});
afterAll(() => server.close());
beforeEach(() => void asked.splice(0));

const get = (way: string, status: number) => fetch(origin, { headers: { 'x-way': way, 'x-status': String(status) } });

test.each(Object.keys(WAYS))('an answer by %s is replaced whole', async (way) => {
  const response = await get(way, 500);
  expect([response.status, await response.text()]).toEqual([503, 'ours']);
  expect(response.headers.get('retry-after')).toBe('5');
  expect(response.headers.get('etag')).toBeNull();
  expect(asked).toEqual([500]);
});

test.each(Object.keys(WAYS))('an answer of another status by %s passes', async (way) => {
  const response = await get(way, 404);
  expect([response.status, await response.text()]).toEqual([404, 'their']);
});

test('scripts that call an action or fetch a page’s data ask for no document', () => {
  const hasDocument = (headers: Record<string, string>) => isDocumentRequest({ headers } as never);
  expect(hasDocument({ accept: 'text/html' })).toBe(true);
  expect(hasDocument({ 'next-action': 'x' })).toBe(false);
  expect(hasDocument({ rsc: '1' })).toBe(false);
});
