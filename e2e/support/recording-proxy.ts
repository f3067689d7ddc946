import { appendFileSync } from 'node:fs';
import { createServer, request as forward } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Gateway = { origin: string; forwardTo: (port: number) => void; stop: () => void };

/**
 * Stands before the app on a port that is certainly free, so that the app's public origin is known before the app
 * starts. With a file it writes down every byte of every head and body, both ways, for a test to search; compression
 * is then asked away, since a search through gzip proves nothing.
 */
export function startGateway(recordTo?: string): Promise<Gateway> {
  const note = (data: string | Buffer) => recordTo && appendFileSync(recordTo, data);
  let port = 0;
  const server = createServer((incoming, outgoing) => {
    const { 'accept-encoding': _unzipped, ...plain } = incoming.headers;
    const headers = recordTo ? plain : incoming.headers;
    note(`\n>>> ${incoming.method} ${incoming.url}\n${JSON.stringify(headers)}\n`);
    const onward = forward(
      { host: '127.0.0.1', port, method: incoming.method, path: incoming.url, headers },
      (answer) => {
        note(`\n<<< ${answer.statusCode}\n${JSON.stringify(answer.headers)}\n`);
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.on('data', note).pipe(outgoing);
      },
    );
    onward.on('error', () => outgoing.destroy());
    outgoing.on('close', () => onward.destroy());
    incoming.on('data', note).pipe(onward);
  });
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const origin = `http://localhost:${(server.address() as AddressInfo).port}`;
      resolve({ origin, stop, forwardTo: (appPort) => (port = appPort) });
    });
  });
}
