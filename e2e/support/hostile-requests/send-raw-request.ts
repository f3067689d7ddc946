import { connect } from 'node:net';
import type { JunkRequest } from './requests.ts';

/** A server that says nothing for so long is not about to. */
const RESPONSE_TIMEOUT_MS = 10_000;

/** Writes a request's bytes to a connection of its own. @returns the status, or undefined for a connection that was closed */
export function sendRawRequest(
  server: URL,
  host: string,
  { method, target, headers, body }: JunkRequest,
): Promise<number | undefined> {
  const bytes = Buffer.from(body, 'utf8');
  const hasLength = headers.some((header) => /^(content-length|transfer-encoding):/.test(header));
  const hasHost = headers.some((header) => header.startsWith('host:'));
  const head = [
    `${method} ${target} HTTP/1.1`,
    ...(hasHost ? [] : [`host: ${host}`]),
    ...headers,
    ...(bytes.length > 0 && !hasLength ? [`content-length: ${bytes.length}`] : []),
    'connection: close',
  ];
  return new Promise((resolve) => {
    const socket = connect(Number(server.port), server.hostname);
    let answer = '';
    const finish = () => {
      socket.destroy();
      // The last one counts: `100 Continue` comes before an answer.
      resolve(Number(/^HTTP\/1\.1 (?!100)(\d{3})/m.exec(answer)?.[1]) || undefined);
    };
    socket.setTimeout(RESPONSE_TIMEOUT_MS, finish);
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
    });
    socket.on('close', finish);
    socket.on('error', finish);
    socket.write(Buffer.concat([Buffer.from(`${head.join('\r\n')}\r\n\r\n`, 'latin1'), bytes]));
  });
}
