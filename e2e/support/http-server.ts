import { createServer, type RequestListener, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';

/** Starts an HTTP server on a free loopback port. The caller closes it. */
export async function startHttpServer(
  listener: RequestListener,
): Promise<{ server: Server; port: number; origin: string }> {
  // By default Node ends a connection that was idle for five seconds. A client that sends its next request then gets ECONNRESET.
  const server = createServer({ keepAliveTimeout: 0 }, listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { server, port, origin: `http://127.0.0.1:${port}` };
}

/** Sends bytes that no HTTP client would send, and returns all that the server answers before it closes the connection or is silent. */
export function sendRawRequest(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1').setTimeout(1_000, () => socket.destroy());
  let answer = '';
  socket.on('data', (bytes) => {
    answer += bytes;
  });
  socket.write(text);
  return new Promise((resolve) => socket.once('close', () => resolve(answer)));
}
