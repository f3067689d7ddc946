import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { inProcess } from '../config/in-process.ts';
import { clientOf } from './forwarded-headers.ts';

type Requests = { open: Set<ServerResponse>; isLast: boolean };

/** The requests in flight in this process, as the HTTP server itself tells. */
const requests = (): Requests =>
  inProcess('requests', () => {
    const state: Requests = { open: new Set(), isLast: false };
    subscribe('http.server.request.start', (message) => {
      const { response } = message as { response: ServerResponse };
      state.open.add(response);
      response.once('close', () => state.open.delete(response));
      if (state.isLast) response.shouldKeepAlive = false;
    });
    return state;
  });

/**
 * Requests that have arrived whole and are not answered yet. A client that sends or reads slowly gives the server no work, so
 * its request does not count: it would keep out the others.
 */
const inFlight = () => [...requests().open].filter(({ req, writableEnded }) => req.complete && !writableEnded);

export const countInFlight = (): number => inFlight().length;

/** Requests in flight of each client, without the one that asks. */
export function countByClient(asking: IncomingMessage): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { req } of inFlight()) if (req !== asking) counts.set(clientOf(req), (counts.get(clientOf(req)) ?? 0) + 1);
  return counts;
}

/** From now on an answer ends its connection, so that a server that stops does not wait for idle clients. */
export function endConnectionsWithAnswers(): void {
  const state = requests();
  state.isLast = true;
  for (const response of state.open) response.shouldKeepAlive = false;
}
