import { appendFileSync } from 'node:fs';
import { createServer, request as forward } from 'node:http';

/**
 * Stands before the app and writes down every byte of every head and body, both ways, so that a test can search what
 * our origin received and sent. Compression is asked away: a search through gzip proves nothing.
 */
export function startRecorder(port: number, appPort: number, file: string): Promise<{ stop: () => void }> {
  const note = (data: string | Buffer) => appendFileSync(file, data);
  const server = createServer((incoming, outgoing) => {
    const { 'accept-encoding': _unzipped, ...headers } = incoming.headers;
    note(`\n>>> ${incoming.method} ${incoming.url}\n${JSON.stringify(headers)}\n`);
    const onward = forward(
      { host: '127.0.0.1', port: appPort, method: incoming.method, path: incoming.url, headers },
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
  return new Promise((resolve) => {
    const stop = () => {
      server.close();
      server.closeAllConnections();
    };
    server.listen(port, '127.0.0.1', () => resolve({ stop }));
  });
}
