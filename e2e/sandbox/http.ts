import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer, type ServerOptions } from 'node:https';
import type { AddressInfo } from 'node:net';

/** One request as a stand-in sees it: the body is read whole before the handler runs. */
export type Call = {
  request: IncomingMessage;
  response: ServerResponse;
  url: URL;
  body: string;
  /** The correlation id of a sealed body. */
  reference?: string | undefined;
};

export type Handler = (call: Call) => void | Promise<void>;

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Answers with `body`; a string goes out as it is, anything else as JSON. */
export function sendResponse(
  response: ServerResponse,
  status: number,
  body: unknown = '',
  headers: Record<string, string> = {},
): void {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const type = typeof body === 'string' ? 'text/plain; charset=utf-8' : 'application/json; charset=utf-8';
  response.writeHead(status, { 'content-type': type, ...headers });
  response.end(text);
}

/** Any page may call a stand-in that a browser talks to, as with the real ones. */
export const CORS_HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-headers': '*',
  'access-control-allow-methods': 'GET, POST, OPTIONS',
};

/**
 * Listens on loopback; port 0 takes a free one. Resolves to the origin, such as `http://127.0.0.1:4010`.
 * With `tls` it speaks HTTPS.
 * An occupied port ends the process with a message that names the variable that changes it.
 */
export async function listen(
  variable: string,
  fallback: number,
  handler: Handler,
  tls?: ServerOptions,
): Promise<string> {
  const port = Number(process.env[variable] ?? fallback);
  const onRequest = async (request: IncomingMessage, response: ServerResponse) => {
    try {
      const body = await readBody(request);
      await handler({ request, response, url: new URL(request.url ?? '/', 'http://sandbox'), body });
    } catch (error) {
      console.error(`sandbox: ${request.method} ${request.url?.split('?')[0]}: ${(error as Error).message}`);
      if (!response.headersSent) sendResponse(response, 500, { reason: 'The sandbox itself failed' });
    }
  };
  const server = tls ? createTlsServer(tls, onRequest) : createServer(onRequest);
  // By default Node ends a connection that was idle for five seconds, while a test may be sending its next request.
  server.keepAliveTimeout = 0;
  return new Promise((resolve) => {
    server.on('error', (error: NodeJS.ErrnoException) => {
      console.error(
        error.code === 'EADDRINUSE'
          ? `Port ${port} is taken. Set ${variable} to a free port and start again.`
          : `Cannot listen on port ${port} (${variable}): ${error.message}`,
      );
      process.exit(1);
    });
    server.listen(port, '127.0.0.1', () => {
      resolve(`${tls ? 'https' : 'http'}://127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}

/** Prints one line of JSON with the process's origins when it answers. */
export function announceReady(origins: Record<string, string>): void {
  console.log(JSON.stringify({ ready: origins }));
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(0));
}
