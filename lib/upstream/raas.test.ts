import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import { createSecureServer, type Http2SecureServer } from 'node:http2';
import { type AddressInfo, createServer as createTcpServer, type Socket, type Server as TcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Pool } from 'undici';
import { afterEach, describe, expect, test } from 'vitest';
import { createCertificates } from '../../e2e/support/certificates.ts';
import type { SessionLinkRequest } from '../domain/session-link-request.ts';
import { classifyResponse, type UpstreamResult } from '../domain/upstream-responses/classify-response.ts';
import { createRaasClient } from './raas.ts';
import { openTransport } from './transport.ts';

const REQUEST = { firstName: 'Ñ' } as SessionLinkRequest;
const LINKS = { hosts: ['links.example'], allowLoopbackHttp: false };
const LIMITS = { connect: 250, headers: 250, idleBody: 250, sockets: 4 };
const TOTAL_MS = 900;
const servers: (Server | TcpServer | Http2SecureServer)[] = [];
const sockets: Socket[] = [];

afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

async function listenOnFreePort(server: Server | TcpServer | Http2SecureServer): Promise<number> {
  servers.push(server);
  server.on('connection', (socket: Socket) => sockets.push(socket));
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return (server.address() as AddressInfo).port;
}

const listen = (listener: RequestListener) => listenOnFreePort(createServer(listener));
/** A server below HTTP: it hears every byte and writes what it likes. */
const listenRaw = (onConnection: (socket: Socket) => void) => listenOnFreePort(createTcpServer(onConnection));
const createClient = (baseUrl: string, limits = LIMITS) =>
  createRaasClient(openTransport({ baseUrl, apiKey: 'key-1', limits }), LINKS, () => new Date('2026-11-24T12:00:00Z'));
const sendRequest = (baseUrl: string) => createClient(baseUrl).createSessionLink(REQUEST, TOTAL_MS);
const getBaseUrl = (port: number) => `http://127.0.0.1:${port}/v1`;

const createListener =
  (status: number, body: string, headers: Record<string, string> = {}): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(body);
  };

async function readBody(request: AsyncIterable<Buffer>): Promise<string> {
  let body = '';
  for await (const chunk of request) body += chunk;
  return body;
}

test('posts the JSON with the key and gives the link', async () => {
  const requests: string[] = [];
  const port = await listen(async (request, response) => {
    requests.push(`${request.method} ${request.url}`, String(request.headers['api_key']));
    const body = await readBody(request);
    requests.push(String(request.headers['content-type']), body);
    // One framing, and of the bytes: `ñ` has two.
    expect(request.headers['transfer-encoding']).toBeUndefined();
    expect(request.headers['content-length']).toBe(String(Buffer.byteLength(body)));
    createListener(200, '{"link":"https://links.example/Q1nO3","status":"Completed","new":1}')(request, response);
  });
  expect(await sendRequest(getBaseUrl(port))).toMatchObject({
    kind: 'answered',
    status: 200,
    link: 'https://links.example/Q1nO3',
  });
  expect(requests).toEqual(['POST /v1/auth/sessionlink-v2', 'key-1', 'application/json', '{"firstName":"Ñ"}']);
});

test.each([
  ['{"code":"A","reason":"secret"}', {}, { code: 'A', link: undefined }],
  ['{"reason":"x"}', {}, { code: undefined }],
  ['{"code":7,"link":[],"statusDetail":null}', {}, { code: undefined, link: undefined, statusDetail: undefined }],
  ['{"statusDetail":"OfacFailed"}', {}, { statusDetail: 'OfacFailed' }],
  ['{"link":"https://evil.example/a"}', {}, { link: undefined, hasUnsafeLink: true }],
  ['{"__proto__":{"link":"https://links.example/a"}}', {}, { link: undefined, hasUnsafeLink: false }],
  ['{"link":"https://links.example/a"}', { 'content-type': 'text/plain' }, { link: 'https://links.example/a' }],
  ['{"link":"https://links.example/a"}', { 'content-type': '' }, { link: 'https://links.example/a' }],
  ['{"link":"https://evil.example/a"}', { 'content-type': 'text/html' }, { link: undefined, hasUnsafeLink: true }],
  ['<a href="https://links.example/a">', { 'content-type': 'text/html' }, { link: undefined, hasUnsafeLink: false }],
  ['{"link":"https://links.example/a"', {}, { link: undefined }],
  ['\ufeff{"link":"https://links.example/a"}', {}, { link: undefined }],
  [`${'['.repeat(20_000)}${']'.repeat(20_000)}`, {}, { link: undefined }],
  ['null', {}, { link: undefined }],
  ['[]', {}, { link: undefined }],
  ['7', {}, { link: undefined }],
  ['', {}, { link: undefined }],
  ['', { 'retry-after': '7' }, { retryAfterMs: 7_000 }],
  ['', { 'retry-after': '2592000' }, { retryAfterMs: 2_592_000_000 }],
  ['', { 'retry-after': 'Tue, 24 Nov 2026 12:00:09 GMT' }, { retryAfterMs: 9_000 }],
  ['', { 'retry-after': 'Tue, 24 Nov 2026 11:00:00 GMT' }, { retryAfterMs: 0 }],
  ['', { 'retry-after': 'soon' }, { retryAfterMs: undefined }],
  ['', { 'retry-after': '-1' }, { retryAfterMs: undefined }],
] as const)('reads %s with %j', async (body, headers, expected) => {
  const reply = await sendRequest(getBaseUrl(await listen(createListener(200, body, headers))));
  expect(reply).toMatchObject({ kind: 'answered', ...expected });
  expect(JSON.stringify(reply)).not.toContain('secret');
});

const HTTP_200 = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
const LINK = '{"link":"https://links.example/a"}';
/** Reaction of a server that has read the request. */
const AFTER_READING: Record<string, (socket: Socket) => void> = {
  'resets after reading': (socket) => socket.resetAndDestroy(),
  'closes after reading': (socket) => socket.end(),
  'never answers': () => {},
  'stalls in the body': (socket) => socket.write(`${HTTP_200}content-length: 500\r\n\r\n{"link"`),
  'drips for ever': (socket) => {
    socket.write(`${HTTP_200}content-length: 500\r\n\r\n`);
    const timer = setInterval(() => socket.destroyed || socket.write(' '), 50);
    socket.on('close', () => clearInterval(timer));
  },
  'resets in the body': (socket) => {
    socket.write(`${HTTP_200}content-length: 500\r\n\r\n{"link"`, () => socket.resetAndDestroy());
  },
  'sends 10 MB': (socket) => socket.write(`${HTTP_200}content-length: 10000000\r\n\r\n${'x'.repeat(10_000_000)}`),
  'does not speak HTTP': (socket) => socket.end('SMTP ready\r\n'),
  'speaks HTTP/0.9': (socket) => socket.end('<html>'),
  'sends huge headers': (socket) => socket.end(`HTTP/1.1 200 OK\r\nx: ${'x'.repeat(40_000)}\r\n\r\n`),
  'sends too short a body': (socket) => socket.end(`${HTTP_200}content-length: 500\r\n\r\n${LINK}`),
  'floods with 1xx': (socket) => {
    const timer = setInterval(() => socket.destroyed || socket.write('HTTP/1.1 103 Early Hints\r\n\r\n'), 20);
    socket.on('close', () => clearInterval(timer));
  },
  'gives two lengths': (socket) => socket.end(`${HTTP_200}content-length: 2\r\ncontent-length: 34\r\n\r\n${LINK}`),
};

test.each(Object.entries(AFTER_READING))('a server that %s leaves the call ambiguous', async (_what, react) => {
  const calls: string[] = [];
  const port = await listenRaw((socket) => {
    let received = '';
    socket.on('error', () => {});
    socket.on('data', (data) => {
      received += data;
      if (!received.includes('"firstName"')) return;
      calls.push(received);
      received = '';
      react(socket);
    });
  });
  const start = performance.now();
  const reply = await sendRequest(getBaseUrl(port));
  expect(classifyResponse(reply)).toMatchObject({ state: 'ambiguous' });
  expect(performance.now() - start).toBeLessThan(TOTAL_MS + 500);
  expect(calls).toHaveLength(1);
});

test('what follows the answer on the same connection is not read as the answer to the next call', async () => {
  const createResponse = (code: string) =>
    `${HTTP_200}content-length: ${LINK.length}\r\n\r\n${LINK.replace('/a', `/${code}`)}`;
  const port = await listenRaw((socket) => {
    socket.on('error', () => {});
    socket.on('data', () => socket.write(createResponse('a') + createResponse('z')));
  });
  const api = createClient(getBaseUrl(port));
  expect(await api.createSessionLink(REQUEST, TOTAL_MS)).toMatchObject({ link: 'https://links.example/a' });
  const second = await api.createSessionLink(REQUEST, TOTAL_MS);
  expect(second.kind === 'answered' ? second.link : '').not.toBe('https://links.example/z');
});

test('an answer within its time is never too late, whenever the call begins', async () => {
  const port = await listen((request, response) => {
    setTimeout(() => createListener(200, LINK)(request, response), 600);
  });
  // The clock of undici ticks twice a second: some of these calls begin right before a tick.
  const { createSessionLink } = createClient(getBaseUrl(port), { ...LIMITS, headers: 700, sockets: 10 });
  const calls = Array.from({ length: 10 }, async (_, index) => {
    await new Promise((resolve) => setTimeout(resolve, index * 50));
    return createSessionLink(REQUEST, 3_000);
  });
  for (const reply of await Promise.all(calls)) expect(reply).toMatchObject({ kind: 'answered' });
});

test('a compressed answer is not unpacked', async () => {
  const port = await listen(createListener(200, '\x1f\x8b\x08 a bomb', { 'content-encoding': 'gzip' }));
  expect(classifyResponse(await sendRequest(getBaseUrl(port)))).toMatchObject({ state: 'ambiguous' });
});

describe('a call whose claim has expired', () => {
  /** A server that counts the bytes it hears, and answers each request after `ms`. */
  const countBytes = async (ms: number) => {
    const received = { bytes: 0 };
    const port = await listenRaw((socket) => {
      socket.on('error', () => {});
      socket.on('data', (chunk: Buffer) => {
        received.bytes += chunk.length;
        setTimeout(() => socket.write(`${HTTP_200}content-length: ${LINK.length}\r\n\r\n${LINK}`), ms);
      });
    });
    return { heard: received, url: getBaseUrl(port) };
  };
  const expired = { kind: 'failed', sent: false, cause: 'ClaimExpired' };
  /** True for so many questions, then false. */
  const allowChecks = (questions: number) => {
    let left = questions;
    return () => left-- > 0;
  };

  test('is not begun', async () => {
    const { heard, url } = await countBytes(0);
    expect(await createClient(url).createSessionLink(REQUEST, TOTAL_MS, () => false)).toEqual(expired);
    expect(await createClient(url).createSessionLink(REQUEST, 0)).toEqual(expired);
    expect(await createClient(url).createSessionLink(REQUEST, -5_000)).toEqual(expired);
    expect(heard.bytes).toBe(0);
  });

  test('ends before its first byte when the claim expired while it connected', async () => {
    const { heard, url } = await countBytes(0);
    expect(await createClient(url).createSessionLink(REQUEST, TOTAL_MS, allowChecks(1))).toEqual(expired);
    expect(heard.bytes).toBe(0);
  });

  test('sends nothing to a server that offers HTTP/2, whose calls cannot be ended before their first byte', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'front-door-h2-'));
    createCertificates(folder);
    const read = (name: string) => readFileSync(join(folder, name), 'utf8');
    const versions: string[] = [];
    const listener = (request: { httpVersion: string }, response: { end: (body: string) => void }) => {
      versions.push(request.httpVersion);
      response.end(LINK);
    };
    const options = { allowHTTP1: true, key: read('server.key'), cert: read('server.crt') };
    const port = await listenOnFreePort(createSecureServer(options, listener));
    const transport = openTransport({
      baseUrl: `https://127.0.0.1:${port}/v1`,
      apiKey: 'key-1',
      limits: { ...LIMITS, connect: 2_000, headers: 2_000 },
      openPool: (origin, pool) =>
        new Pool(origin, { ...pool, connect: { ...pool.connect, ca: read('authority.crt') } }),
    });
    const post = (canSend: () => boolean) => transport({ method: 'POST', path: '/x', timeoutMs: 5_000, canSend });
    expect(await post(allowChecks(1))).toEqual({ failure: { sent: false, cause: 'ClaimExpired' } });
    expect(versions).toEqual([]);
    expect(await post(() => true)).toMatchObject({ answer: { status: 200 } });
    expect(versions).toEqual(['1.1']);
    rmSync(folder, { recursive: true });
  });

  test('ends before its first byte when the claim expired while it waited for a socket, or on a warm one', async () => {
    const { heard, url } = await countBytes(100);
    const api = createClient(url, { ...LIMITS, sockets: 1 });
    const [first, second] = await Promise.all([
      api.createSessionLink(REQUEST, TOTAL_MS),
      api.createSessionLink(REQUEST, TOTAL_MS, allowChecks(1)),
    ]);
    expect(first).toMatchObject({ kind: 'answered' });
    expect(second).toEqual(expired);
    const bytes = heard.bytes;
    expect(await api.createSessionLink(REQUEST, TOTAL_MS, allowChecks(1))).toEqual(expired);
    expect(heard.bytes).toBe(bytes);
    expect(await api.createSessionLink(REQUEST, TOTAL_MS)).toMatchObject({ kind: 'answered' });
  });
});

test.each([301, 302, 303, 307, 308])('a redirect with %i is not followed', async (status) => {
  let followedCount = 0;
  const port = await listen((request, response) => {
    if (request.url === '/elsewhere') followedCount += 1;
    createListener(status, '', { location: '/elsewhere' })(request, response);
  });
  expect(classifyResponse(await sendRequest(getBaseUrl(port)))).toMatchObject({ state: 'ambiguous', isOurFault: true });
  expect(followedCount).toBe(0);
});

const NEVER_SENT: Record<string, () => Promise<string>> = {
  'no server listens': async () => {
    const port = await listen(() => {});
    for (const server of servers.splice(0)) server.close();
    return getBaseUrl(port);
  },
  'the name is not found': async () => 'http://nobody.invalid/v1',
  // Without TLS a reset races with the first byte, and a call that lost that race is ambiguous.
  'the handshake is reset': async () => `https://127.0.0.1:${await listenRaw((socket) => socket.resetAndDestroy())}/v1`,
  'the TLS peer is silent': async () => `https://127.0.0.1:${await listenRaw(() => {})}/v1`,
  'the TLS peer speaks something else': async () =>
    `https://127.0.0.1:${await listenRaw((socket) => socket.on('error', () => {}).end('HTTP/1.1 400 Bad\r\n\r\n'))}/v1`,
};

test.each(Object.entries(NEVER_SENT))('when %s, nothing was sent', async (_what, getUrl) => {
  const responseClass = classifyResponse(await sendRequest(await getUrl()));
  expect(responseClass).toMatchObject({ state: 'not-sent', repeatAfterMs: 0 });
});

test('a kept connection that dies as the next call is written leaves that call ambiguous', async () => {
  let calls = 0;
  const port = await listen((request, response) => {
    calls += 1;
    if (calls === 1) return createListener(200, LINK)(request, response);
    request.socket.destroy();
  });
  const api = createClient(getBaseUrl(port));
  expect(await api.createSessionLink(REQUEST, TOTAL_MS)).toMatchObject({ link: 'https://links.example/a' });
  expect(classifyResponse(await api.createSessionLink(REQUEST, TOTAL_MS))).toMatchObject({ state: 'ambiguous' });
  expect(calls).toBe(2);
});

test.each([
  [
    200,
    '{"userId":"OSZwErXgt1MGPHwkYJVqz3LTN0R2","status":"x"}',
    { kind: 'present', userId: 'OSZwErXgt1MGPHwkYJVqz3LTN0R2' },
  ],
  [200, '{"userId":"../../admin"}', { kind: 'failed', isDenied: false }],
  [200, '{}', { kind: 'failed' }],
  [404, '{"code":"ERROR_USER_NOT_FOUND","reason":"x"}', { kind: 'absent' }],
  [404, '{"code":"USER_NOT_FOUND","reason":"x"}', { kind: 'absent' }],
  [404, '{"reason":"Not found"}', { kind: 'failed', isDenied: false }],
  [404, '<html>', { kind: 'failed' }],
  [401, '{"reason":"x"}', { kind: 'failed', isDenied: true }],
  [403, '', { kind: 'failed', isDenied: true }],
  [500, '', { kind: 'failed', isDenied: false }],
] as const)('a lookup answered with %i %s', async (status, body, expected) => {
  const requests: string[] = [];
  const port = await listen(async (request, response) => {
    requests.push(`${request.method} ${request.url} ${await readBody(request)}`);
    createListener(status, body)(request, response);
  });
  expect(await createClient(getBaseUrl(port)).findUser('+5255', TOTAL_MS)).toMatchObject(expected);
  expect(requests).toEqual(['POST /v1/auth/get-user-token-v2 {"phoneNumber":"+5255"}']);
});

test('the link of an enrolled user is asked for without a body, and read as carefully', async () => {
  const requests: string[] = [];
  const port = await listen(async (request, response) => {
    requests.push(`${request.method} ${request.url} [${await readBody(request)}]`);
    createListener(200, LINK)(request, response);
  });
  const reply: UpstreamResult = await createClient(getBaseUrl(port)).getEnrolledSessionLink('a.b~c', TOTAL_MS);
  expect(reply).toMatchObject({ link: 'https://links.example/a' });
  expect(requests).toEqual(['GET /v1/auth/sessionlink-v4/a.b~c []']);
});
