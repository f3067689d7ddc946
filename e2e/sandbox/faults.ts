import type { Socket } from 'node:net';

const HEAD = 'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n';
const BODY = '{"link":"https://links-dev.nomas.cash/Q1nO3"}';
const buildResponse = (body: string, headers = '') =>
  `${HEAD}${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

/** Writes now and then until the other side has had enough. */
function writeRepeatedly(socket: Socket, text: string, everyMs: number): void {
  const timer = setInterval(() => socket.destroyed || socket.write(text), everyMs);
  socket.on('close', () => clearInterval(timer));
}

/** Ways to answer badly on the bare socket, after the request has been read. */
export const FAULTS: Readonly<Record<string, (socket: Socket) => void>> = {
  reset: (socket) => socket.resetAndDestroy(),
  close: (socket) => socket.end(),
  'headers stall': () => {},
  'headers drip': (socket) => writeRepeatedly(socket, 'H', 500),
  'body stall': (socket) => socket.write(`${HEAD}content-length: 500\r\n\r\n{"link"`),
  'body drip': (socket) => {
    socket.write(`${HEAD}content-length: 500\r\n\r\n`);
    writeRepeatedly(socket, ' ', 200);
  },
  'reset in the body': (socket) => {
    socket.write(`${HEAD}content-length: 500\r\n\r\n{"link"`, () => socket.resetAndDestroy());
  },
  '10 MB': (socket) => socket.end(buildResponse(`"${'x'.repeat(10_000_000)}"`)),
  'gzip bomb': (socket) =>
    socket.end(buildResponse('\x1f\x8b\x08\x00 it would be large', 'content-encoding: gzip\r\n')),
  'chained encodings': (socket) =>
    socket.end(buildResponse(BODY, `content-encoding: ${Array.from({ length: 100 }, () => 'gzip').join(', ')}\r\n`)),
  '100 headers': (socket) =>
    socket.end(buildResponse('{}', Array.from({ length: 100 }, (_, index) => `x-${index}: x\r\n`).join(''))),
  '32 kB header': (socket) => socket.end(buildResponse(BODY, `x: ${'x'.repeat(32_768)}\r\n`)),
  '100-continue noise': (socket) => socket.end(`HTTP/1.1 100 Continue\r\n\r\n${buildResponse('{}')}`),
  '1xx flood': (socket) => writeRepeatedly(socket, 'HTTP/1.1 103 Early Hints\r\n\r\n', 20),
  'HTTP/0.9': (socket) => socket.end('<html>hello</html>'),
  'too long a length': (socket) => socket.end(`${HEAD}content-length: 500\r\n\r\n${BODY}`),
  'too short a length': (socket) => socket.end(`${HEAD}content-length: 5\r\n\r\n${BODY}`),
  'two lengths': (socket) => socket.end(`${HEAD}content-length: 2\r\ncontent-length: 45\r\n\r\n${BODY}`),
  'two answers': (socket) => socket.end(buildResponse('{}') + buildResponse(BODY)),
};
