import { connect } from 'node:net';
import { expect, test } from '../../support/fixtures.ts';
import { runOf } from '../../support/run.ts';

/** How long the server gets to answer a second time when it should not. */
const PATIENCE_MS = 300;

/** Says something on a socket of its own. Resolves to the statuses that came back, in order, when the other side is done. */
function say(text: string): Promise<number[]> {
  const { hostname, port } = new URL(runOf().origins.server ?? '');
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    let heard = '';
    let timer: NodeJS.Timeout | undefined;
    const end = () => {
      socket.destroy();
      resolve([...heard.matchAll(/^HTTP\/1\.1 (\d{3}) /gm)].map(([, status]) => Number(status)));
    };
    socket.on('data', (chunk) => {
      heard += chunk.toString('latin1');
      clearTimeout(timer);
      timer = setTimeout(end, PATIENCE_MS);
    });
    socket.on('close', end);
    socket.on('error', reject);
    socket.write(text, 'latin1');
  });
}

const host = () => `host: ${new URL(runOf().origins.app).host}`;
const post = (headers: readonly string[], body: string) =>
  `POST /en/onboarding/identity HTTP/1.1\r\n${host()}\r\n${headers.join('\r\n')}\r\n\r\n${body}`;
/** What a front server would take for the body of the request before it, and the next server for one of its own. */
const SMUGGLED = 'GET /healthz HTTP/1.1\r\nhost: smuggled\r\n\r\n';

/** Two readings of where a message ends (RFC 9112, sections 2 to 6): it is refused, and nothing that follows is read. */
const AMBIGUOUS: Readonly<Record<string, () => string>> = {
  'length and chunks': () => post(['content-length: 6', 'transfer-encoding: chunked'], `0\r\n\r\n${SMUGGLED}`),
  'two lengths': () => post(['content-length: 0', `content-length: ${SMUGGLED.length}`], SMUGGLED),
  'a length with a sign': () => post([`content-length: +${SMUGGLED.length}`], SMUGGLED),
  'a length that is none': () => post(['content-length: 0x10'], SMUGGLED),
  'another coding after chunks': () => post(['transfer-encoding: chunked, identity'], `0\r\n\r\n${SMUGGLED}`),
  'a coding that is disguised': () => post(['transfer-encoding: xchunked'], `0\r\n\r\n${SMUGGLED}`),
  'a space before the colon': () => post(['transfer-encoding : chunked'], `0\r\n\r\n${SMUGGLED}`),
  'a header on two lines': () => post(['transfer-encoding:', ' chunked'], `0\r\n\r\n${SMUGGLED}`),
  'a chunk whose size is none': () => post(['transfer-encoding: chunked'], `zz\r\n\r\n${SMUGGLED}`),
  'lines that end early': () => `GET /en HTTP/1.1\n${host()}\nx: y\n\n${SMUGGLED}`,
  'a NUL in a header': () => `GET /en HTTP/1.1\r\n${host()}\r\nx: a\0b\r\n\r\n${SMUGGLED}`,
  'a return in a header': () => `GET /en HTTP/1.1\r\n${host()}\r\nx: a\rb\r\n\r\n${SMUGGLED}`,
  'two hosts': () => `GET /en HTTP/1.1\r\n${host()}\r\nhost: evil.example\r\n\r\n`,
  'no host': () => 'GET /en HTTP/1.1\r\n\r\n',
  'no version': () => 'GET /en\r\n\r\n',
  'a version that is none': () => `GET /en HTTP/9.9\r\n${host()}\r\n\r\n`,
  'a method that is none': () => `G<T /en HTTP/1.1\r\n${host()}\r\n\r\n`,
};

test('what can be read in two ways is refused once, and what follows is nobody’s request', async () => {
  const answers = await Promise.all(
    Object.entries(AMBIGUOUS).map(async ([name, text]) => [name, await say(text())] as const),
  );
  expect(answers.filter(([, [status = 0, ...others]]) => status < 400 || status >= 500 || others.length > 0)).toEqual(
    [],
  );
});

test('what is written in another way leads to the same door, and an address with dots to none', async () => {
  const { origins } = runOf();
  const form = `${host()}\r\norigin: ${origins.app}\r\ncontent-type: text/plain\r\ncontent-length: 1`;
  const way = (target: string) => say(`POST ${target} HTTP/1.1\r\n${form}\r\n\r\nx`);
  expect(await way('/en/onboarding/identity')).toEqual([415]);
  expect(await way(`${origins.app}/en/onboarding/identity`)).toEqual([415]);
  const dots = ['/brand/../en', '/_next/static/../../en', '/brand/%2E%2e/en', '/brand/.%2e/en', '/healthz/..', '/./en'];
  for (const target of [...dots, '/brand/..%2fen', '/brand/..%5Cen', '/brand\\..\\en'])
    expect([target, await way(target)]).toEqual([target, [400]]);
  for (const target of ['//en', '/brand//en', '*']) {
    const [status = 0] = await way(target);
    expect([target, status >= 300 && status < 500]).toEqual([target, true]);
  }
});

test('an idle connection stays longer than a proxy in front keeps it', async () => {
  const { headers } = await fetch(`${runOf().origins.server}/healthz`);
  expect(headers.get('keep-alive')).toBe('timeout=150');
});

test('headers without end are refused, whole ones of another’s host lead nowhere else', async () => {
  expect(await say(`GET /en HTTP/1.1\r\n${host()}\r\nx: ${'y'.repeat(20_000)}\r\n\r\n`)).toEqual([431]);
  expect(await say(`CONNECT evil.example:443 HTTP/1.1\r\nhost: evil.example:443\r\n\r\n`)).not.toContain(200);
  const [status = 0] = await say(`GET http://evil.example/en HTTP/1.1\r\nhost: evil.example\r\n\r\n`);
  expect(status).toBeLessThan(500);
});
