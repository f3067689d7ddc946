import { connect } from 'node:net';
import { expect, test } from '../../support/fixtures.ts';
import { getRun } from '../../support/test-run.ts';

/** How long the server gets to answer a second time when it should not. */
const IDLE_MS = 300;

/** Says something on a socket of its own. Resolves to the statuses that came back, in order, when the other side is done. */
function sendRaw(text: string): Promise<number[]> {
  const { hostname, port } = new URL(getRun().origins.server ?? '');
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let receivedText = '';
    let timer: NodeJS.Timeout | undefined;
    const finish = () => {
      socket.destroy();
      resolve([...receivedText.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status)));
    };
    socket.on('data', (chunk) => {
      receivedText += chunk.toString('latin1');
      clearTimeout(timer);
      timer = setTimeout(finish, IDLE_MS);
    });
    socket.on('close', finish);
    socket.on('error', reject);
    socket.write(text, 'latin1');
  });
}

const getHostHeader = () => `host: ${new URL(getRun().origins.app).host}`;
const buildPost = (headers: readonly string[], body: string) =>
  `POST /en/onboarding/identity HTTP/1.1\r\n${getHostHeader()}\r\n${headers.join('\r\n')}\r\n\r\n${body}`;
/** A front server would take it for the body of the request before, the next server for a request of its own. */
const SMUGGLED_REQUEST = 'GET /healthz HTTP/1.1\r\nhost: smuggled\r\n\r\n';

/** Two readings of where a message ends (RFC 9112, sections 2 to 6): it is refused, and nothing that follows is read. */
const AMBIGUOUS_REQUESTS: Readonly<Record<string, () => string>> = {
  'length and chunks': () =>
    buildPost(['content-length: 6', 'transfer-encoding: chunked'], `0\r\n\r\n${SMUGGLED_REQUEST}`),
  'two lengths': () => buildPost(['content-length: 0', `content-length: ${SMUGGLED_REQUEST.length}`], SMUGGLED_REQUEST),
  'a length with a sign': () => buildPost([`content-length: +${SMUGGLED_REQUEST.length}`], SMUGGLED_REQUEST),
  'a length that is none': () => buildPost(['content-length: 0x10'], SMUGGLED_REQUEST),
  'another coding after chunks': () =>
    buildPost(['transfer-encoding: chunked, identity'], `0\r\n\r\n${SMUGGLED_REQUEST}`),
  'a coding that is disguised': () => buildPost(['transfer-encoding: xchunked'], `0\r\n\r\n${SMUGGLED_REQUEST}`),
  'a space before the colon': () => buildPost(['transfer-encoding : chunked'], `0\r\n\r\n${SMUGGLED_REQUEST}`),
  'a header on two lines': () => buildPost(['transfer-encoding:', ' chunked'], `0\r\n\r\n${SMUGGLED_REQUEST}`),
  'a chunk whose size is none': () => buildPost(['transfer-encoding: chunked'], `zz\r\n\r\n${SMUGGLED_REQUEST}`),
  'lines that end early': () => `GET /en HTTP/1.1\n${getHostHeader()}\nx: y\n\n${SMUGGLED_REQUEST}`,
  'a NUL in a header': () => `GET /en HTTP/1.1\r\n${getHostHeader()}\r\nx: a\0b\r\n\r\n${SMUGGLED_REQUEST}`,
  'a return in a header': () => `GET /en HTTP/1.1\r\n${getHostHeader()}\r\nx: a\rb\r\n\r\n${SMUGGLED_REQUEST}`,
  'two hosts': () => `GET /en HTTP/1.1\r\n${getHostHeader()}\r\nhost: evil.example\r\n\r\n`,
  'no host': () => 'GET /en HTTP/1.1\r\n\r\n',
  'no version': () => 'GET /en\r\n\r\n',
  'a version that is none': () => `GET /en HTTP/9.9\r\n${getHostHeader()}\r\n\r\n`,
  'a method that is none': () => `G<T /en HTTP/1.1\r\n${getHostHeader()}\r\n\r\n`,
};

test('what can be read in two ways is refused once, and what follows is nobody’s request', async () => {
  const answers = await Promise.all(
    Object.entries(AMBIGUOUS_REQUESTS).map(async ([name, text]) => [name, await sendRaw(text())] as const),
  );
  expect(
    answers.filter(([, [status = 0, ...otherStatuses]]) => status < 400 || status >= 500 || otherStatuses.length > 0),
  ).toEqual([]);
});

test('what is written in another way leads to the same door, and an address with dots to none', async () => {
  const { origins } = getRun();
  const form = `${getHostHeader()}\r\norigin: ${origins.app}\r\ncontent-type: text/plain\r\ncontent-length: 1`;
  const postTo = (target: string) => sendRaw(`POST ${target} HTTP/1.1\r\n${form}\r\n\r\nx`);
  expect(await postTo('/en/onboarding/identity')).toEqual([415]);
  expect(await postTo(`${origins.app}/en/onboarding/identity`)).toEqual([415]);
  const dotPaths = [
    '/brand/../en',
    '/_next/static/../../en',
    '/brand/%2E%2e/en',
    '/brand/.%2e/en',
    '/healthz/..',
    '/./en',
  ];
  for (const target of [...dotPaths, '/brand/..%2fen', '/brand/..%5Cen', '/brand\\..\\en'])
    expect([target, await postTo(target)]).toEqual([target, [400]]);
  for (const target of ['//en', '/brand//en', '*']) {
    const [status = 0] = await postTo(target);
    expect([target, status >= 300 && status < 500]).toEqual([target, true]);
  }
});

test('an idle connection stays longer than a proxy in front keeps it', async () => {
  const { headers } = await fetch(`${getRun().origins.server}/healthz`);
  expect(headers.get('keep-alive')).toBe('timeout=150');
});

test('headers without end are refused, whole ones of another’s host lead nowhere else', async () => {
  expect(await sendRaw(`GET /en HTTP/1.1\r\n${getHostHeader()}\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`)).toEqual([431]);
  expect(await sendRaw(`CONNECT evil.example:443 HTTP/1.1\r\nhost: evil.example:443\r\n\r\n`)).not.toContain(200);
  const [status = 0] = await sendRaw(`GET http://evil.example/en HTTP/1.1\r\nhost: evil.example\r\n\r\n`);
  expect(status).toBeLessThan(500);
});
