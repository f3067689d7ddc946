import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { getProcessSingleton } from '../config/process-singleton.ts';
import { readClientIp } from './forwarded-headers.ts';

type RequestTracker = { open: Set<ServerResponse>; isLast: boolean };

/** The requests in flight in this process, as the HTTP server itself tells. */
const getRequestTracker = (): RequestTracker =>
  getProcessSingleton('requests', () => {
    const state: RequestTracker = { open: new Set(), isLast: false };
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
const listInFlight = () =>
  [...getRequestTracker().open].filter(({ req, writableEnded }) => req.complete && !writableEnded);

export const countInFlight = (): number => listInFlight().length;

/** Requests in flight of each client, without the one that asks. */
export function countByClient(currentRequest: IncomingMessage): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { req } of listInFlight())
    if (req !== currentRequest) counts.set(readClientIp(req), (counts.get(readClientIp(req)) ?? 0) + 1);
  return counts;
}

/** From now on an answer ends its connection, so that a server that stops does not wait for idle clients. */
export function closeConnectionsAfterResponses(): void {
  const state = getRequestTracker();
  state.isLast = true;
  for (const response of state.open) response.shouldKeepAlive = false;
}
