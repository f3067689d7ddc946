import { readFileSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { createServer } from 'node:tls';

export type TlsRelay = { origin: string; forwardTo: (origin: string | undefined) => void; stop: () => void };

/**
 * Ends TLS on a free port and passes the bytes on, so that the public origin is known before the server behind it starts.
 *
 * @param folder has the certificate that `createCertificates` made
 * @param host the name in the origin, of this machine
 */
export function startTlsRelay(folder: string, host: 'localhost' | '127.0.0.1'): Promise<TlsRelay> {
  let port = 0;
  const readTlsFile = (name: string) => readFileSync(join(folder, name));
  const server = createServer({ cert: readTlsFile('server.crt'), key: readTlsFile('server.key') }, (socket) => {
    const upstream = connect(port, '127.0.0.1');
    // A browser that leaves a page cuts its connections.
    pipeline(socket, upstream, socket, () => {});
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve({
        origin: `https://${host}:${(server.address() as AddressInfo).port}`,
        forwardTo: (origin) => (port = Number(new URL(origin ?? '').port)),
        stop: () => server.close(),
      });
    });
  });
}
