import { once } from 'node:events';
import { createServer } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { setBodyTimeout } from './body-timeout.ts';

const LIMIT_MS = 100;
const server = createServer((request, response) => {
  setBodyTimeout(request, LIMIT_MS);
  request.resume().once('end', () => setTimeout(() => response.end('done'), 2 * LIMIT_MS));
});
afterEach(() => server.close());

/** Sends a body of two bytes, the second one when asked to, and reads until the connection ends. */
async function send(onConnected: (write: () => void) => void): Promise<string> {
  await once(server.listen(0), 'listening');
  const socket = connect((server.address() as AddressInfo).port);
  socket.write('POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 2\r\n\r\na');
  onConnected(() => socket.write('b'));
  let output = '';
  socket.on('data', (bytes) => {
    output += bytes;
  });
  await once(socket, 'close');
  return output;
}

test('a body that has not arrived whole in time ends its connection', async () => {
  expect(await send(() => {})).toBe('');
});

test('an answer may take longer than the body', async () => {
  expect(await send((write) => write())).toContain('done');
});
