import { readFileSync } from 'node:fs';
import { request } from 'node:https';
import { createServer, type Socket } from 'node:net';
import { HttpApplicant } from '../support/http-applicant.ts';
import { HOST_ADDRESS } from './network.ts';
import { APP_ORIGIN } from './settings.ts';
import { LINK_HOST, type Upstream } from './upstream.ts';

/** Opens a port on loopback, where the applicants ask, whose connections go on by another one. */
export function startForwarder(connect: () => Socket): Promise<{ port: number; stop: () => void }> {
  const sockets = new Set<Socket>();
  const server = createServer((incoming) => {
    const outgoing = connect();
    for (const [source, target] of [
      [incoming, outgoing],
      [outgoing, incoming],
    ] as const) {
      sockets.add(source);
      source.on('error', () => target.destroy());
      source.on('close', () => sockets.delete(source) && target.destroy());
      source.pipe(target);
    }
  });
  const stop = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
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
export async function completeJourney(port: number, upstream: Upstream): Promise<void> {
  const person = new HttpApplicant(undefined, APP_ORIGIN);
  await person.fill(port);
  const { status, location = '' } = await person.submit(port);
  if (status !== 303 || !location.startsWith(`https://${LINK_HOST}/`))
    throw new Error(`The submission was answered with ${status} ${location}`);
  const linkStatus = await openLink(location, readFileSync(upstream.authority, 'utf8'));
  const calls = await upstream.findCalls(person.phone);
  if (linkStatus !== 200 || calls.length !== 1 || calls[0] !== 200)
    throw new Error(`The link was answered with ${linkStatus}, the calls of the upstream with ${calls.join(', ')}`);
}

/** Follows a link of the stand-in over TLS and returns the status. */
function openLink(link: string, ca: string): Promise<number | undefined> {
  const { pathname } = new URL(link);
  const options = { host: HOST_ADDRESS, path: pathname, servername: LINK_HOST, headers: { host: LINK_HOST }, ca };
  return new Promise((resolve, reject) => {
    const linkRequest = request(options, (response) => {
      response.resume().on('end', () => resolve(response.statusCode));
    });
    linkRequest.on('error', reject).end();
  });
}

/** Customers at once, and how many reach the link before the stop begins and after it has ended. */
const LANES = 6;
const JOURNEYS_BEFORE_STOP = 12;
const JOURNEYS_AFTER_STOP = 12;

/**
 * Lets customers come without a pause while an instance is stopped.
 *
 * @returns how many reached the link, and what went wrong for the others
 */
export async function completeJourneysWhileStopping(runJourney: () => Promise<void>, stop: () => Promise<unknown>) {
  const failures: string[] = [];
  let [journeyCount, delivered] = [0, 0];
  let stopPromise: Promise<void> | undefined;
  let journeyLimit = Number.POSITIVE_INFINITY;
  const runLane = async () => {
    while (journeyCount < journeyLimit) {
      await runJourney().then(
        () => (delivered += 1),
        (error: Error) => failures.push(error.message),
      );
      journeyCount += 1;
      if (journeyCount >= JOURNEYS_BEFORE_STOP) {
        stopPromise ??= stop()
          .catch((error: Error) => void failures.push(error.message))
          .then(() => {
            journeyLimit = journeyCount + JOURNEYS_AFTER_STOP;
          });
      }
    }
  };
  await Promise.all(Array.from({ length: LANES }, runLane));
  await stopPromise;
  return { delivered, failures };
}
