import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { env } from '../config/env.ts';
import { inProcess } from '../config/in-process.ts';
import { clientAddress } from '../security/client-address.ts';

type Begun = { request: IncomingMessage; response: ServerResponse; server: Server };
type Requests = { open: Set<ServerResponse>; isLast: boolean };

/** Milliseconds in which a request's headers, and all of it, must have come: 64 kB take a slow phone ten seconds. */
const TIME_OUTS = { headersTimeout: 15_000, requestTimeout: 30_000 };

/** The requests under way in this process, told by the HTTP server itself. */
const requests = (): Requests =>
  inProcess('requests', () => {
    const state: Requests = { open: new Set(), isLast: false };
    subscribe('http.server.request.start', (message) => {
      const { request, response, server } = message as Begun;
      // The framework listens for its development server's sockets and leaves any other hanging. Without a listener such a
      // request comes here like any other, and the gate refuses it.
      server.removeAllListeners('upgrade');
      Object.assign(server, TIME_OUTS);
      trustOnlyOurs(request);
      state.open.add(response);
      response.once('close', () => state.open.delete(response));
      if (state.isLast) response.shouldKeepAlive = false;
    });
    return state;
  });

/** Headers by which a stranger could tell the framework another host, or another nonce (it takes that from a policy). */
const FORGEABLE = ['x-forwarded-host', 'x-forwarded-port', 'forwarded', 'x-real-ip', 'content-security-policy'];
/** Methods that the framework fails on (they make no `Request`, Fetch Standard 2.2.1). */
const UNKNOWN_TO_FETCH = new Set(['TRACE', 'TRACK', 'CONNECT']);

/**
 * Before anything reads them: the one header by which the address of whoever asks is known holds our own word, what could be
 * forged is gone, and a method that would make the framework fail comes to the gate as another that it refuses.
 */
function trustOnlyOurs(request: IncomingMessage): void {
  const { headers, socket } = request;
  const told = String(headers['x-forwarded-for'] ?? '');
  headers['x-forwarded-for'] = clientAddress(socket.remoteAddress, told, env().TRUSTED_HOPS);
  for (const name of FORGEABLE) delete headers[name];
  if (UNKNOWN_TO_FETCH.has(request.method ?? '')) request.method = 'OPTIONS';
}

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
