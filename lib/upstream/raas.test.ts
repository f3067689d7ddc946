import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import type { SessionLinkRequest } from '../domain/session-link-request.ts';
import { raasClient } from './raas.ts';
import { plainTransport } from './transport.ts';

const REQUEST = { firstName: 'Ñ' } as SessionLinkRequest;
const LINKS = { hosts: ['links.example'], allowLoopbackHttp: false };
let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

async function listen(listener: RequestListener): Promise<number> {
  server = createServer(listener);
  await new Promise<void>((ready) => server?.listen(0, '127.0.0.1', ready));
  return (server.address() as AddressInfo).port;
}

async function ask(listener: RequestListener, limits?: Parameters<typeof plainTransport>[1]) {
  const port = await listen(listener);
  return raasClient(plainTransport(`http://127.0.0.1:${port}/v1`, limits), 'key-1', LINKS).createSessionLink(REQUEST);
}

const answering =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  };

test('posts the JSON with the key and gives the link', async () => {
  const seen: string[] = [];
  const result = await ask(async (request, response) => {
    let body = '';
    for await (const chunk of request) body += chunk;
    seen.push(
      `${request.method} ${request.url}`,
      String(request.headers['api_key']),
      String(request.headers['content-type']),
      body,
    );
    answering(200, '{"link":"https://links.example/Q1nO3","status":"Completed","new":1}')(request, response);
  });
  expect(seen).toEqual(['POST /v1/auth/sessionlink-v2', 'key-1', 'application/json', '{"firstName":"Ñ"}']);
  expect(result).toEqual({ kind: 'link', link: 'https://links.example/Q1nO3' });
});

test.each([
  [400, '{"reason":"x"}', {}, 'refused'],
  [422, 'nonsense', {}, 'refused'],
  [401, '{"reason":"x"}', {}, 'not-sent'],
  [403, '', {}, 'not-sent'],
  [404, '', {}, 'not-sent'],
  [429, '', { 'retry-after': '3' }, 'not-sent'],
  [503, '', { 'retry-after': '3' }, 'not-sent'],
  [503, '<html>', {}, 'unknown'],
  [500, '{"reason":"An unhandled error has occurred"}', {}, 'unknown'],
  [502, '<html>', { 'content-type': 'text/html' }, 'unknown'],
  [204, '', {}, 'unknown'],
  [201, '{"link":"https://links.example/a"}', {}, 'unknown'],
  [302, '', { location: 'https://links.example/a' }, 'unknown'],
  [409, '', {}, 'unknown'],
  [200, '', {}, 'unknown'],
  [200, 'null', {}, 'unknown'],
  [200, '[]', {}, 'unknown'],
  [200, '{"link":7}', {}, 'unknown'],
  [200, '{"status":"Completed"}', {}, 'unknown'],
  [200, '{"link":"https://links.example/a"', {}, 'unknown'],
  [200, '{"link":"https://links.example/a"}', { 'content-type': 'text/html' }, 'unknown'],
  [200, '{"link":"http://links.example/a"}', {}, 'unknown'],
  [200, '{"link":"javascript:alert(1)"}', {}, 'unknown'],
  [200, `{"link":"https://links.example/a","x":"${'x'.repeat(70_000)}"}`, {}, 'unknown'],
])('an answer of %i with %.40s counts as %s%s', async (status, body, headers, kind) => {
  let calls = 0;
  const result = await ask((request, response) => {
    calls += 1;
    answering(status, body, headers as Record<string, string>)(request, response);
  });
  expect(result.kind).toBe(kind);
  expect(calls).toBe(1);
});

test('a connection that breaks after the request was read is of unknown fate and is not tried again', async () => {
  let calls = 0;
  const result = await ask((request) => {
    calls += 1;
    request.resume().on('end', () => request.socket.destroy());
  });
  expect(result.kind).toBe('unknown');
  expect(calls).toBe(1);
});

const SHORT = { connect: 500, headers: 300, idleBody: 300, total: 600 };

test('an answer that does not come in time is of unknown fate', async () => {
  expect(await ask((request) => void request.resume(), SHORT)).toMatchObject({ kind: 'unknown' });
});

test('an answer that drips for ever is cut at the deadline', async () => {
  const result = await ask((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    const timer = setInterval(() => response.write(' '), 50);
    response.on('close', () => clearInterval(timer));
  }, SHORT);
  expect(result).toEqual({ kind: 'unknown', cause: 'TimeoutError' });
});

test.each([
  ['nobody listens', 'http://127.0.0.1:1/v1', 'ECONNREFUSED'],
  ['the name is unknown', 'http://nowhere.invalid/v1', 'ENOTFOUND'],
])('when %s, nothing was sent', async (_what, url, cause) => {
  const client = raasClient(plainTransport(url), 'key-1', LINKS);
  expect(await client.createSessionLink(REQUEST)).toEqual({ kind: 'not-sent', cause });
});

test('when the other side speaks no TLS, nothing was sent', async () => {
  let requests = 0;
  const port = await listen(() => {
    requests += 1;
  });
  const client = raasClient(plainTransport(`https://127.0.0.1:${port}/v1`), 'key-1', LINKS);
  expect(await client.createSessionLink(REQUEST)).toMatchObject({ kind: 'not-sent' });
  expect(requests).toBe(0);
});

test('a kept connection that dies as the next call is written leaves that call of unknown fate', async () => {
  let calls = 0;
  const port = await listen((request, response) => {
    calls += 1;
    if (calls === 1) return answering(200, '{"link":"https://links.example/a"}')(request, response);
    request.socket.destroy();
  });
  const client = raasClient(plainTransport(`http://127.0.0.1:${port}/v1`), 'key-1', LINKS);
  expect(await client.createSessionLink(REQUEST)).toMatchObject({ kind: 'link' });
  expect(await client.createSessionLink(REQUEST)).toMatchObject({ kind: 'unknown' });
  expect(calls).toBe(2);
});
