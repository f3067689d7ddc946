import { subscribe } from 'node:diagnostics_channel';
import type { ServerResponse } from 'node:http';
import { inProcess } from '../config/in-process.ts';

type Requests = { open: Set<ServerResponse>; isLast: boolean };

/** The requests under way in this process, told by the HTTP server itself. */
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
 * Requests that have arrived whole and are not answered yet. Whoever sends slowly or reads slowly gives us nothing to do,
 * and must not be counted as if: that would shut the others out.
 */
export function requestsUnderWay(): number {
  let count = 0;
  for (const { req, writableEnded } of requests().open) if (req.complete && !writableEnded) count += 1;
  return count;
}

/** From now on an answer ends its connection, so that a server on its way out does not wait for idle clients. */
export function endConnectionsWithAnswers(): void {
  const state = requests();
  state.isLast = true;
  for (const response of state.open) response.shouldKeepAlive = false;
}
