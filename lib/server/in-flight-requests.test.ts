import { request as startRequest } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { startHttpServer } from '../../e2e/support/http-server.ts';
import { closeConnectionsAfterResponses, countByClient, countInFlight, trackRequest } from './in-flight-requests.ts';

const release = Promise.withResolvers<void>();
let unanswered = 0;
const server = await startHttpServer(async (request, response) => {
  request.headers['x-forwarded-for'] = String(request.headers['x-client']);
  trackRequest(response);
  request.resume();
  if (request.url === '/unanswered') {
    unanswered += 1;
    return;
  }
  if (request.url === '/held') await release.promise;
  response.end(JSON.stringify([...countByClient(request)]));
});
afterEach(() => server.server.closeIdleConnections());

const get = (path: string, client: string) => fetch(server.origin + path, { headers: { 'x-client': client } });

test('a request counts for its client until its response has ended, and never for itself', async () => {
  const held = [get('/held', 'ana'), get('/held', 'ana'), get('/held', 'bea')];
  await expect.poll(countInFlight).toBe(3);
  const counts = new Map((await (await get('/', 'ana')).json()) as [string, number][]);
  expect(counts).toEqual(
    new Map([
      ['ana', 2],
      ['bea', 1],
    ]),
  );
  release.resolve();
  await Promise.all(held);
  await expect.poll(countInFlight).toBe(0);
});

test('a request whose body is still arriving does not count, nor one whose connection is gone', async () => {
  const slow = startRequest({
    port: server.port,
    host: '127.0.0.1',
    method: 'POST',
    path: '/unanswered',
    headers: { 'content-length': '2' },
  });
  slow.on('error', () => {}).write('a');
  await expect.poll(() => unanswered).toBe(1);
  expect(countInFlight()).toBe(0);
  slow.end('b');
  await expect.poll(countInFlight).toBe(1);
  slow.destroy();
  await expect.poll(countInFlight).toBe(0);
});

test('once the process stops, each response closes its connection', async () => {
  expect((await get('/', 'ana')).headers.get('connection')).toBe('keep-alive');
  closeConnectionsAfterResponses();
  expect((await get('/', 'ana')).headers.get('connection')).toBe('close');
});
