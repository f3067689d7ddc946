import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type TestProxy = {
  /** `DATABASE_URL` through the proxy. */
  url: string;
  /** The loopback port of the proxy. */
  port: number;
  /** From now on no byte passes and no connection ends: as when the host is gone. */
  goSilent: () => void;
  /** New connections pass again. Those from before stay silent for the client; the server's keep-alive ends them there. */
  comeBack: () => void;
  /** Milliseconds by which each direction is late. */
  delayBy: (ms: number) => void;
  /** Ends all connections. */
  cut: () => void;
  /**
   * Holds what the server answers on the next connection whose client sends the marker. The holds are served in order.
   *
   * @returns resolves when the client has sent the marker
   */
  holdNextAnswer: (marker: string, released: Promise<void>) => Promise<void>;
  stop: () => void;
};

type Hold = { marker: string; released: Promise<void>; begin: () => void };

/** A network between a client and a Postgres that listens on a socket in a folder or on a port of this machine. */
export async function startTestProxy(postgresUrl: string): Promise<TestProxy> {
  const { username, pathname, searchParams, hostname, port: serverPort } = new URL(postgresUrl);
  const folder = searchParams.get('host');
  const sockets = new Set<Socket>();
  const lost = new Set<Socket>();
  const serverSides = new WeakSet<Socket>();
  const holds: Hold[] = [];
  let isSilent = false;
  let delayMs = 0;

  /** @param waits until when a chunk is held, if it is */
  function relay(from: Socket, to: Socket, waits: (chunk: Buffer) => Promise<void> | undefined): void {
    sockets.add(from);
    if (isSilent) lost.add(from);
    let before: Promise<void> | undefined;
    from.on('data', (chunk) => {
      const pass = () => {
        if (!lost.has(from) && !to.destroyed) to.write(chunk);
      };
      const held = waits(chunk);
      if (held || before) before = Promise.all([before, held]).then(pass);
      else if (delayMs > 0) setTimeout(pass, delayMs);
      else pass();
    });
    from.on('error', () => {});
    from.on('close', () => {
      sockets.delete(from);
      if (!lost.delete(from)) to.destroy();
    });
  }

  const server = createServer((near) => {
    const far = folder ? connect(`${folder}/.s.PGSQL.5432`) : connect(Number(serverPort), hostname);
    serverSides.add(far);
    let held: Promise<void> | undefined;
    relay(near, far, (chunk) => {
      const at = holds.findIndex(({ marker }) => chunk.includes(marker));
      const [hold] = at < 0 ? [] : holds.splice(at, 1);
      if (hold) {
        held = hold.released;
        hold.begin();
      }
      return undefined;
    });
    relay(far, near, () => held);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  const cut = () => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    url: `postgres://${username}@127.0.0.1:${port}${pathname}`,
    port,
    goSilent: () => {
      isSilent = true;
      for (const socket of sockets) lost.add(socket);
    },
    comeBack: () => {
      isSilent = false;
      for (const socket of lost) if (serverSides.has(socket)) socket.destroy();
    },
    delayBy: (ms) => {
      delayMs = ms;
    },
    cut,
    holdNextAnswer: (marker, released) => new Promise((begin) => holds.push({ marker, released, begin })),
    stop: () => {
      cut();
      server.close();
    },
  };
}
