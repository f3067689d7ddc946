/**
 * Starts the app: `npm start -- -p 3000 -H 0.0.0.0`. Next.js runs as a custom server, so that every request passes our
 * pipeline first. `--dev` runs the development server behind the same pipeline.
 */
import { once } from 'node:events';
import { createServer, type RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { parseArgs } from 'node:util';
import next from 'next';
import { waitForAppRuntime } from './lib/server/app-runtime.ts';
import { SERVER_TIMEOUTS_MS } from './lib/server/body-timeout.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', short: 'p', default: process.env['PORT'] ?? '3000' },
    hostname: { type: 'string', short: 'H' },
    dev: { type: 'boolean', default: false },
  },
});

/** Holds requests that arrive during the boot, until the pipeline takes them. */
function holdRequests(server: Server): (listener: RequestListener) => void {
  const ready = Promise.withResolvers<RequestListener>();
  const hold: RequestListener = async (request, response) => (await ready.promise)(request, response);
  server.on('request', hold);
  return (listener) => {
    server.off('request', hold).on('request', listener);
    ready.resolve(listener);
  };
}

async function main({ port: requestedPort, hostname, dev }: typeof values): Promise<void> {
  // As process 1 of a container, Node ignores these signals until a listener is set. The app replaces the listeners
  // when it is ready.
  process.on('SIGTERM', () => process.exit(143)).on('SIGINT', () => process.exit(130));
  Object.assign(process.env, {
    NODE_ENV: process.env.NODE_ENV ?? (dev ? 'development' : 'production'),
    // Next.js reads `next.config.ts` with Node's type stripping. Otherwise it loads its native compiler: 40 MB of memory.
    // The command-line flag `--experimental-next-config-strip-types` sets the same variable.
    __NEXT_NODE_NATIVE_TS_LOADER_ENABLED: 'true',
  });
  const server = createServer(SERVER_TIMEOUTS_MS);
  const releaseRequests = holdRequests(server);
  await once(server.listen(Number(requestedPort), hostname), 'listening');
  const { port } = server.address() as AddressInfo;
  // Next.js adds an `upgrade` listener to `httpServer` and leaves sockets that it does not know open. In production it
  // gets a server that never listens, so Node hands upgrade requests to the pipeline as normal requests.
  const app = next({ dev, port, hostname: hostname ?? 'localhost', httpServer: dev ? server : new Server() });
  await app.prepare();
  const runtime = await waitForAppRuntime();
  releaseRequests(runtime.createRequestListener(app.getRequestHandler()));
  runtime.start(port, async () => {
    if (dev) return;
    await new Promise((resolve) => server.close(resolve));
    await app.close(); // waits for `after`
  });
}

main(values).catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
