import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type TestProxy = {
  /** `DATABASE_URL` through the proxy. */
  url: string;
  /** From now on nothing passes, and nothing is said: as when the host is gone. */
  goSilent: () => void;
  /** New connections pass again. Those from before stay silent for ever: nobody has told either end. */
  comeBack: () => void;
  /** Milliseconds by which each direction is late. */
  delayBy: (ms: number) => void;
  stop: () => void;
};

/** A network between the app and the Postgres of the unit tests, which listens on a socket in a folder. */
export async function startTestProxy(postgresUrl: string): Promise<TestProxy> {
  const { username, pathname, searchParams } = new URL(postgresUrl);
  const sockets = new Set<Socket>();
  const lost = new WeakSet<Socket>();
  let isSilent = false;
  let delayMs = 0;

  const server = createServer((near) => {
    const far = connect(`${searchParams.get('host')}/.s.PGSQL.5432`);
    for (const [from, to] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(from);
      if (isSilent) lost.add(from);
      from.on('data', (chunk) => {
        const pass = () => !lost.has(from) && !to.destroyed && to.write(chunk);
        if (delayMs > 0) setTimeout(pass, delayMs);
        else pass();
      });
      from.on('error', () => {});
      from.on('close', () => {
        sockets.delete(from);
        if (!lost.has(from)) to.destroy();
      });
    }
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  const { port } = server.address() as AddressInfo;
  return {
    url: `postgres://${username}@127.0.0.1:${port}${pathname}`,
    goSilent: () => {
      isSilent = true;
      for (const socket of sockets) lost.add(socket);
    },
    comeBack: () => {
      isSilent = false;
    },
    delayBy: (ms) => {
      delayMs = ms;
    },
    stop: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
