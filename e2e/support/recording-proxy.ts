import { appendFileSync } from 'node:fs';
import { request as forward } from 'node:http';
import { startHttpServer } from './http-server.ts';

export type RecordingProxy = { origin: string; forwardTo: (port: number) => void; stop: () => void };

/**
 * Stands before the app on a port that is certainly free, so that the app's public origin is known before the app
 * starts. With a file it writes down every byte of every head and body, both ways, for a test to search; compression
 * is then asked away, since a search through gzip proves nothing.
 */
export async function startRecordingProxy(recordTo?: string): Promise<RecordingProxy> {
  const record = (data: string | Buffer) => recordTo && appendFileSync(recordTo, data);
  let appPort = 0;
  const { server, port } = await startHttpServer((incoming, outgoing) => {
    const { 'accept-encoding': _acceptEncoding, ...plainHeaders } = incoming.headers;
    const headers = recordTo ? plainHeaders : incoming.headers;
    record(`\n>>> ${incoming.method} ${incoming.url}\n${JSON.stringify(headers)}\n`);
    const upstreamRequest = forward(
      { host: '127.0.0.1', port: appPort, method: incoming.method, path: incoming.url, headers },
      (upstreamResponse) => {
        record(`\n<<< ${upstreamResponse.statusCode}\n${JSON.stringify(upstreamResponse.headers)}\n`);
        outgoing.writeHead(upstreamResponse.statusCode ?? 502, upstreamResponse.headers);
        upstreamResponse.on('data', record).pipe(outgoing);
      },
    );
    upstreamRequest.on('error', () => outgoing.destroy());
    outgoing.on('close', () => upstreamRequest.destroy());
    incoming.on('data', record).pipe(upstreamRequest);
  });
  const stop = () => {
    server.close();
    server.closeAllConnections();
  };
  return { origin: `http://localhost:${port}`, stop, forwardTo: (target) => (appPort = target) };
}
