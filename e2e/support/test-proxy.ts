import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type TestProxy = {
  /** `DATABASE_URL` through the proxy. */
  url: string;
  /** The loopback port of the proxy. */
  port: number;
  /** From now on no byte passes and no connection ends: as when the host is gone. */
  blockTraffic: () => void;
  /** New connections pass again. Those from before stay silent for the client; the server's keep-alive ends them there. */
  restoreTraffic: () => void;
  /** Milliseconds by which each direction is late. */
  setDelay: (ms: number) => void;
  /** Ends all connections. */
  closeConnections: () => void;
  /**
   * Holds what the server answers on the next connection whose client sends the marker. The holds are served in order.
   *
   * @returns resolves when the client has sent the marker
   */
  holdNextResponse: (marker: string, released: Promise<void>) => Promise<void>;
  stop: () => void;
};

type Hold = { marker: string; released: Promise<void>; begin: () => void };

/** A network between a client and a Postgres that listens on a socket in a folder or on a port of this machine. */
export async function startTestProxy(postgresUrl: string): Promise<TestProxy> {
  const { username, pathname, searchParams, hostname, port: serverPort } = new URL(postgresUrl);
  const folder = searchParams.get('host');
  const sockets = new Set<Socket>();
  const silencedSockets = new Set<Socket>();
  const serverSides = new WeakSet<Socket>();
  const holds: Hold[] = [];
  let isSilent = false;
  let delayMs = 0;

  /** @param holdChunk until when a chunk is held, if it is */
  function relay(source: Socket, target: Socket, holdChunk: (chunk: Buffer) => Promise<void> | undefined): void {
    sockets.add(source);
    if (isSilent) silencedSockets.add(source);
    let pendingWrite: Promise<void> | undefined;
    source.on('data', (chunk) => {
      const forward = () => {
        if (!silencedSockets.has(source) && !target.destroyed) target.write(chunk);
      };
      const hold = holdChunk(chunk);
      if (hold || pendingWrite) pendingWrite = Promise.all([pendingWrite, hold]).then(forward);
      else if (delayMs > 0) setTimeout(forward, delayMs);
      else forward();
    });
    source.on('error', () => {});
    source.on('close', () => {
      sockets.delete(source);
      if (!silencedSockets.delete(source)) target.destroy();
    });
  }

  const server = createServer((clientSocket) => {
    const serverSocket = folder ? connect(`${folder}/.s.PGSQL.5432`) : connect(Number(serverPort), hostname);
    serverSides.add(serverSocket);
    let pendingRelease: Promise<void> | undefined;
    relay(clientSocket, serverSocket, (chunk) => {
      const index = holds.findIndex(({ marker }) => chunk.includes(marker));
      const [hold] = index < 0 ? [] : holds.splice(index, 1);
      if (hold) {
        pendingRelease = hold.released;
        hold.begin();
      }
      return undefined;
    });
    relay(serverSocket, clientSocket, () => pendingRelease);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const closeConnections = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `postgres://${username}@127.0.0.1:${port}${pathname}`,
    port,
    blockTraffic: () => {
      isSilent = true;
      for (const socket of sockets) silencedSockets.add(socket);
    },
    restoreTraffic: () => {
      isSilent = false;
      for (const socket of silencedSockets) if (serverSides.has(socket)) socket.destroy();
    },
    setDelay: (ms) => {
      delayMs = ms;
    },
    closeConnections,
    holdNextResponse: (marker, released) => new Promise((resolve) => holds.push({ marker, released, begin: resolve })),
    stop: () => {
      closeConnections();
      server.close();
    },
  };
}
