import { connect, type Socket } from 'node:net';
import { ORIGIN } from '../support/http.ts';
import { Applicant } from '../support/http-applicant.ts';
import { serve, shareOf } from '../support/measure.ts';
import { ledgerBreaches, type Result } from '../support/part.ts';
import { inLanes, pointAt, type StoreKind, World } from '../support/test-environment.ts';

/** A good customer's p99 may be this many times what it is without the attack. */
const MOST_SLOWER = 2;
/** Under this many milliseconds a difference is the machine's. */
const NOISE_MS = 25;
const GOOD = 600;
const GOOD_LANES = 4;
const DRIP_MS = 200;
/** slowhttptest's own rate of connecting (`-r`). */
const NEW_PER_SECOND = 50;

const host = new URL(ORIGIN).host;
const form = `host: ${host}\r\norigin: ${ORIGIN}\r\nsec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded`;

/** slowhttptest's four modes: what a connection says at first, and what it adds again and again. */
const MODES: Readonly<Record<string, { first: string; drip?: (at: number) => string; reads?: 'slowly' }>> = {
  'slow headers': { first: `GET /en HTTP/1.1\r\nhost: ${host}\r\n`, drip: (at) => `x-${at}: 1\r\n` },
  'slow body': {
    first: `POST /en/onboarding/identity HTTP/1.1\r\n${form}\r\ncontent-length: 8192\r\n\r\n`,
    drip: () => 'a=1&',
  },
  ranges: {
    first: `GET /en HTTP/1.1\r\nhost: ${host}\r\nrange: bytes=${Array.from({ length: 400 }, (_, at) => `${at}-`).join(',')}\r\n\r\n`,
  },
  'slow read': { first: `GET /en/onboarding/identity HTTP/1.1\r\nhost: ${host}\r\n\r\n`, reads: 'slowly' },
};

/** So many connections that do nothing well, while good customers go on. */
export async function slow(connections: number, store: StoreKind): Promise<Result> {
  const upstream = await serve('e2e/bench/upstream.ts');
  const world = await World.create(store);
  const breaches: string[] = [];
  try {
    const { child, port, ended } = await world.start({
      ...pointAt(upstream.port),
      SHED_REQUESTS: '',
      SHED_BUSY_REQUESTS: '',
      SHED_DELAY_MS: '',
    });
    let isUp = true;
    void ended.then(() => {
      isUp = false;
    });
    const good = async (): Promise<number> => {
      const people = Array.from({ length: GOOD }, () => new Applicant());
      const times: number[] = [];
      await inLanes(GOOD_LANES, people, async (person) => {
        const start = performance.now();
        const got = await person
          .fill(port)
          .then(() => person.submit(port))
          .then(({ status, location = '' }) => (location.endsWith('/Q1nO3') ? 'link' : String(status)))
          .catch((error: Error) => error.message);
        times.push(performance.now() - start);
        if (got !== 'link') breaches.push(`a good customer got ${got}`);
      });
      return shareOf(times, 0.99);
    };
    await good();
    const seen: string[] = [];
    for (const [name, mode] of Object.entries(MODES)) {
      const before = await good();
      const attack = attackers(port, connections, mode);
      const during = await good();
      seen.push(`${name} p99 ${before.toFixed(0)} and ${during.toFixed(0)} ms`);
      if (during > Math.max(MOST_SLOWER * before, before + NOISE_MS)) breaches.push(`${name}: ${seen.at(-1)}`);
      attack.stop();
    }
    if (!isUp) breaches.push('the server ended');
    child.kill('SIGKILL');
    breaches.push(...(await ledgerBreaches(world)));
    return { runs: `${connections} connections in four modes`, saw: seen.join('; '), breaches: [...new Set(breaches)] };
  } finally {
    await world.end();
    upstream.stop();
  }
}

function attackers(port: number, count: number, { first, drip, reads }: (typeof MODES)[string] & object) {
  const sockets = new Set<Socket>();
  let isOn = true;
  const open = () => {
    if (!isOn) return;
    const socket = connect(port, '127.0.0.1');
    sockets.add(socket);
    socket.on('error', () => {});
    if (reads) socket.pause();
    else socket.resume();
    socket.write(first);
    // One that was thrown out comes back; one that was answered has done what it can.
    socket.on('close', () => {
      sockets.delete(socket);
      if (drip) setTimeout(open, DRIP_MS);
    });
  };
  for (let at = 0; at < count; at += 1) setTimeout(open, (at * 1_000) / NEW_PER_SECOND);
  let at = 0;
  const dripper = setInterval(() => {
    at += 1;
    for (const socket of sockets) {
      if (drip) socket.write(drip(at));
      if (reads) socket.read(1);
    }
  }, DRIP_MS);
  return {
    stop: () => {
      isOn = false;
      clearInterval(dripper);
      for (const socket of sockets) socket.destroy();
    },
  };
}
