import { connect, type Socket } from 'node:net';
import { ORIGIN } from '../support/http.ts';
import { HttpApplicant } from '../support/http-applicant.ts';
import { getQuantile, startProgram } from '../support/measure.ts';
import { findLedgerBreaches, type PartResult } from '../support/run-helpers.ts';
import { getUpstreamEnv, runInLanes, type StoreKind, TestEnvironment } from '../support/test-environment.ts';

/** The p99 of other customers during an attack may be this many times the p99 without it. */
const MAX_SLOWDOWN = 2;
/** A smaller difference in milliseconds counts as noise. */
const NOISE_MS = 25;
const GOOD_CUSTOMERS = 600;
const GOOD_LANES = 4;
const DRIP_MS = 200;
/** slowhttptest's own rate of connecting (`-r`). */
const NEW_PER_SECOND = 50;

const host = new URL(ORIGIN).host;
const form = `host: ${host}\r\norigin: ${ORIGIN}\r\nsec-fetch-site: same-origin\r\ncontent-type: application/x-www-form-urlencoded`;

/** slowhttptest's four modes: the first bytes of a connection, and the bytes that it repeats. */
const MODES: Readonly<Record<string, { first: string; drip?: (index: number) => string; reads?: 'slowly' }>> = {
  'slow headers': { first: `GET /en HTTP/1.1\r\nhost: ${host}\r\n`, drip: (index) => `x-${index}: 1\r\n` },
  'slow body': {
    first: `POST /en/onboarding/identity HTTP/1.1\r\n${form}\r\ncontent-length: 8192\r\n\r\n`,
    drip: () => 'a=1&',
  },
  ranges: {
    first: `GET /en HTTP/1.1\r\nhost: ${host}\r\nrange: bytes=${Array.from({ length: 400 }, (_, start) => `${start}-`).join(',')}\r\n\r\n`,
  },
  'slow read': { first: `GET /en/onboarding/identity HTTP/1.1\r\nhost: ${host}\r\n\r\n`, reads: 'slowly' },
};

/** Opens many slow connections in each mode, and checks that other customers still get their links in about the usual time. */
export async function runSlowAttacks(connections: number, store: StoreKind): Promise<PartResult> {
  const upstream = await startProgram('e2e/bench/upstream.ts');
  const environment = await TestEnvironment.create(store);
  const breaches: string[] = [];
  try {
    const { child, port, exit } = await environment.startServer({
      ...getUpstreamEnv(upstream.port),
      SHED_REQUESTS: '',
      SHED_BUSY_REQUESTS: '',
      SHED_DELAY_MS: '',
    });
    let isUp = true;
    void exit.then(() => {
      isUp = false;
    });
    const measureGoodCustomers = async (): Promise<number> => {
      const people = Array.from({ length: GOOD_CUSTOMERS }, () => new HttpApplicant());
      const times: number[] = [];
      await runInLanes(GOOD_LANES, people, async (person) => {
        const start = performance.now();
        const outcome = await person
          .fill(port)
          .then(() => person.submit(port))
          .then(({ status, location = '' }) => (location.endsWith('/Q1nO3') ? 'link' : String(status)))
          .catch((error: Error) => error.message);
        times.push(performance.now() - start);
        if (outcome !== 'link') breaches.push(`a good customer got ${outcome}`);
      });
      return getQuantile(times, 0.99);
    };
    await measureGoodCustomers();
    const summaries: string[] = [];
    for (const [name, mode] of Object.entries(MODES)) {
      const p99Before = await measureGoodCustomers();
      const attack = startAttack(port, connections, mode);
      const p99During = await measureGoodCustomers();
      summaries.push(`${name} p99 ${p99Before.toFixed(0)} and ${p99During.toFixed(0)} ms`);
      if (p99During > Math.max(MAX_SLOWDOWN * p99Before, p99Before + NOISE_MS))
        breaches.push(`${name}: ${summaries.at(-1)}`);
      attack.stop();
    }
    if (!isUp) breaches.push('the server ended');
    child.kill('SIGKILL');
    breaches.push(...(await findLedgerBreaches(environment)));
    return {
      runs: `${connections} connections in four modes`,
      summary: summaries.join('; '),
      breaches: [...new Set(breaches)],
    };
  } finally {
    await environment.stop();
    upstream.stop();
  }
}

function startAttack(port: number, count: number, { first, drip, reads }: (typeof MODES)[string] & object) {
  const sockets = new Set<Socket>();
  let isActive = true;
  const openSocket = () => {
    if (!isActive) return;
    const socket = connect(port, '127.0.0.1');
    sockets.add(socket);
    socket.on('error', () => {});
    if (reads) socket.pause();
    else socket.resume();
    socket.write(first);
    // A slow sender whose connection was closed connects again. The other modes send one whole request.
    socket.on('close', () => {
      sockets.delete(socket);
      if (drip) setTimeout(openSocket, DRIP_MS);
    });
  };
  for (let index = 0; index < count; index += 1) setTimeout(openSocket, (index * 1_000) / NEW_PER_SECOND);
  let tick = 0;
  const dripper = setInterval(() => {
    tick += 1;
    for (const socket of sockets) {
      if (drip) socket.write(drip(tick));
      if (reads) socket.read(1);
    }
  }, DRIP_MS);
  return {
    stop: () => {
      isActive = false;
      clearInterval(dripper);
      for (const socket of sockets) socket.destroy();
    },
  };
}
