import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { createServer, type Socket } from 'node:net';
import { Applicant } from '../support/http-applicant.ts';
import { HOST_ADDRESS } from './network.ts';
import { APP_ORIGIN } from './settings.ts';
import { LINK_HOST, type Upstream } from './upstream.ts';

/** Opens a port on loopback, where the applicants ask, whose connections go on by another one. */
export function forward(connect: () => Socket): Promise<{ port: number; stop: () => void }> {
  const open = new Set<Socket>();
  const server = createServer((incoming) => {
    const onward = connect();
    for (const [one, other] of [
      [incoming, onward],
      [onward, incoming],
    ] as const) {
      open.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => open.delete(one) && other.destroy());
      one.pipe(other);
    }
  });
  const stop = () => {
    server.close();
    for (const socket of open) socket.destroy();
  };
  return new Promise((resolve, reject) => {
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve({ port: typeof address === 'object' && address ? address.port : 0, stop });
    });
  });
}

/**
 * A customer from the first page to the returned link.
 *
 * @throws when a page answers otherwise, when the link does not open, or when the upstream was called not exactly once
 */
export async function walkJourney(port: number, upstream: Upstream): Promise<void> {
  const person = new Applicant(undefined, APP_ORIGIN);
  await person.fill(port);
  const { status, location = '' } = await person.submit(port);
  if (status !== 303 || !location.startsWith(`https://${LINK_HOST}/`))
    throw new Error(`The submission was answered with ${status} ${location}`);
  const opened = await openLink(location, readFileSync(upstream.authority, 'utf8'));
  const calls = await upstream.findCalls(person.phone);
  if (opened !== 200 || calls.length !== 1 || calls[0] !== 200)
    throw new Error(`The link was answered with ${opened}, the calls of the upstream with ${calls.join(', ')}`);
}

/** Follows a link of the stand-in over TLS and returns the status. */
function openLink(link: string, ca: string): Promise<number | undefined> {
  const { pathname } = new URL(link);
  const options = { host: HOST_ADDRESS, path: pathname, servername: LINK_HOST, headers: { host: LINK_HOST }, ca };
  return new Promise((resolve, reject) => {
    const asked = request(options, (answer) => {
      answer.resume().on('end', () => resolve(answer.statusCode));
    });
    asked.on('error', reject).end();
  });
}

/** Customers at once, and how many reach the link before the stop begins and after it has ended. */
const LANES = 6;
const BEFORE = 12;
const AFTER = 12;

/**
 * Lets customers come without a pause while an instance is stopped.
 *
 * @returns how many reached the link, and what went wrong for the others
 */
export async function walkWhileStopping(walk: () => Promise<void>, stop: () => Promise<unknown>) {
  const failures: string[] = [];
  let [walked, delivered] = [0, 0];
  let stopping: Promise<void> | undefined;
  let last = Number.POSITIVE_INFINITY;
  const lane = async () => {
    while (walked < last) {
      await walk().then(
        () => (delivered += 1),
        (error: Error) => failures.push(error.message),
      );
      walked += 1;
      if (walked >= BEFORE) {
        stopping ??= stop()
          .catch((error: Error) => void failures.push(error.message))
          .then(() => {
            last = walked + AFTER;
          });
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, lane));
  await stopping;
  return { delivered, failures };
}
