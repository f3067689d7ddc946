import type { IncomingMessage, ServerResponse } from 'node:http';
import { getProcessSingleton } from '../config/process-singleton.ts';
import { readClientIp } from './forwarded-headers.ts';

type RequestTracker = { open: Set<ServerResponse>; isLast: boolean };

const getRequestTracker = (): RequestTracker =>
  getProcessSingleton('requests', () => ({ open: new Set<ServerResponse>(), isLast: false }));

/** Counts a request until its response has ended or its connection is gone. */
export function trackRequest(response: ServerResponse): void {
  const state = getRequestTracker();
  state.open.add(response);
  response.once('close', () => state.open.delete(response));
  if (state.isLast) response.shouldKeepAlive = false;
}

/**
 * Returns the requests whose body has been read and whose response has not ended: slow clients do not use up the
 * limits.
 */
const listInFlight = () =>
  [...getRequestTracker().open].filter(({ req, writableEnded }) => req.complete && !writableEnded);

export const countInFlight = (): number => listInFlight().length;

/** Returns the number of requests in flight by client address, without the current request. */
export function countByClient(currentRequest: IncomingMessage): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { req } of listInFlight())
    if (req !== currentRequest) counts.set(readClientIp(req), (counts.get(readClientIp(req)) ?? 0) + 1);
  return counts;
}

/** Closes each connection after its current response, so that a server that stops does not wait for idle clients. */
export function closeConnectionsAfterResponses(): void {
  const state = getRequestTracker();
  state.isLast = true;
  for (const response of state.open) response.shouldKeepAlive = false;
}
