import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test } from 'vitest';
import { createCertificates } from '../../e2e/support/certificates.ts';
import { startHttpServer } from '../../e2e/support/http-server.ts';
import { createWebhookClient } from './send-webhook.ts';

// Real receivers on this machine. `isLocal` allows its addresses, as `APP_ENV=local` does.

const folder = mkdtempSync(join(tmpdir(), 'front-door-webhooks-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const servers: (Server | ReturnType<typeof createTcpServer>)[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) {
    if ('closeAllConnections' in server) server.closeAllConnections();
    server.close();
  }
});

const TIMEOUT_MS = 400;
const client = createWebhookClient({ timeoutMs: TIMEOUT_MS, isLocal: true });
const BODY = '{"type":"application.started"}';

async function send(listener: RequestListener, path = '/hooks?a=1') {
  const { server, origin } = await startHttpServer(listener);
  servers.push(server);
  return client(new URL(path, origin), { 'webhook-id': 'msg_1' }, BODY);
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

test('a receiver gets the method, the path, the headers and the body', async () => {
  const received: unknown[] = [];
  const result = await send(async (request, response) => {
    const { method, url, headers } = request;
    received.push(method, url, headers['content-type'], headers['webhook-id'], await readBody(request));
    response.writeHead(204).end();
  });
  expect(result).toEqual({ kind: 'delivered', cause: 'HTTP 204' });
  expect(received).toEqual(['POST', '/hooks?a=1', 'application/json', 'msg_1', BODY]);
});

test.each([
  [200, 'delivered'],
  [202, 'delivered'],
  [301, 'failed'],
  [400, 'rejected'],
  [404, 'rejected'],
  [422, 'rejected'],
  [403, 'failed'],
  [408, 'failed'],
  [401, 'failed'],
  [410, 'gone'],
  [429, 'failed'],
  [500, 'failed'],
])('an answer of %i counts as %s', async (status, kind) => {
  expect(await send((_, response) => response.writeHead(status).end('secret words'))).toEqual({
    kind,
    cause: `HTTP ${status}`,
  });
});

test('a redirect is not followed', async () => {
  const paths: unknown[] = [];
  const result = await send((request, response) => {
    paths.push(request.url);
    response.writeHead(307, { location: '/elsewhere' }).end();
  });
  expect([result.cause, paths]).toEqual(['HTTP 307', ['/hooks?a=1']]);
});

test.each([
  ['never answers', () => {}, 'failed'],
  [
    'never ends its body',
    (_: unknown, response: { writeHead: (n: number) => { write: (t: string) => void } }) =>
      response.writeHead(200).write('a'),
    'delivered',
  ],
] as const)('the time limit ends an attempt at a receiver that %s', async (_name, listener, kind) => {
  const start = performance.now();
  expect((await send(listener as unknown as RequestListener)).kind).toBe(kind);
  expect(performance.now() - start).toBeLessThan(TIMEOUT_MS + 2_000);
});

test('only the beginning of an oversize answer is read', async () => {
  let writtenBytes = 0;
  const result = await send((_, response) => {
    response.writeHead(200);
    const chunk = Buffer.alloc(65_536);
    const write = () => {
      while (!response.destroyed && writtenBytes < 64 * 1_024 * 1_024) {
        writtenBytes += chunk.length;
        if (!response.write(chunk)) return void response.once('drain', write);
      }
    };
    write();
  });
  expect(result.kind).toBe('delivered');
  expect(writtenBytes).toBeLessThan(32 * 1_024 * 1_024);
});

test('an answer that is shorter than its content-length counts by its status', async () => {
  const result = await send((_, response) => {
    response.writeHead(500, { 'content-length': '1000' }).write('short');
    response.socket?.end();
  });
  expect(result).toEqual({ kind: 'failed', cause: 'HTTP 500' });
});

test('a connection that is refused, and an answer that is no HTTP, are failures with their code', async () => {
  const server = createTcpServer((socket) => socket.end('no http\r\n\r\n'));
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  expect(await client(new URL(`http://127.0.0.1:${port}/`), {}, BODY)).toEqual({
    kind: 'failed',
    cause: 'HTTPParserError',
  });
  expect(await client(new URL('http://127.0.0.1:1/'), {}, BODY)).toEqual({ kind: 'failed', cause: 'ECONNREFUSED' });
});

/** Counts connections to a port of this machine. */
async function startCounter() {
  const counter = { connections: 0, port: 0 };
  const server = createTcpServer((socket) => {
    counter.connections += 1;
    socket.destroy();
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, resolve));
  counter.port = (server.address() as AddressInfo).port;
  return counter;
}

test.each(['127.0.0.1', '[::1]', '[::ffff:127.0.0.1]', 'localhost', '10.0.0.1', '169.254.169.254'])(
  'outside local, no byte and no connection goes to %s',
  async (host) => {
    const counter = await startCounter();
    const strict = createWebhookClient({ timeoutMs: TIMEOUT_MS, isLocal: false });
    expect(await strict(new URL(`https://${host}:${counter.port}/`), {}, BODY)).toEqual({
      kind: 'failed',
      cause: 'PrivateAddress',
    });
    expect(counter.connections).toBe(0);
  },
);

test('the client does not connect to a public name that resolves to this machine', async () => {
  const counter = await startCounter();
  const resolve = ((_host: string, _options: object, callback: (error: null, found: object[]) => void) =>
    callback(null, [{ address: '127.0.0.1', family: 4 }])) as never;
  const strict = createWebhookClient({ timeoutMs: TIMEOUT_MS, isLocal: false, resolve });
  const result = await strict(new URL(`https://hooks.example.com:${counter.port}/`), {}, BODY);
  expect([result, counter.connections]).toEqual([{ kind: 'failed', cause: 'PrivateAddress' }, 0]);
});

test.each([
  ['a good one', undefined, true, 'HTTP 200'],
  ['one of an unknown authority', undefined, false, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'],
  ['one of another host', 'wrong name', true, 'ERR_TLS_CERT_ALTNAME_INVALID'],
  ['one that has run out', 'expired', true, 'CERT_HAS_EXPIRED'],
] as const)('the client checks the certificate before it sends the event: %s', async (_name, fault, isKnown, cause) => {
  const certificates = join(folder, `${fault}-${isKnown}`);
  createCertificates(certificates, fault);
  const read = (file: string) => readFileSync(join(certificates, file), 'utf8');
  let requests = 0;
  const server = createTlsServer({ key: read('server.key'), cert: read('server.crt') }, (_, response) => {
    requests += 1;
    response.end();
  });
  servers.push(server as unknown as Server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const tls = createWebhookClient({ timeoutMs: 5_000, isLocal: true, ...(isKnown && { ca: read('authority.crt') }) });
  const { port } = server.address() as AddressInfo;
  expect((await tls(new URL(`https://127.0.0.1:${port}/`), {}, BODY)).cause).toBe(cause);
  expect(requests).toBe(cause === 'HTTP 200' ? 1 : 0);
});
