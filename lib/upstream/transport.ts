import { randomUUID } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import { Pool } from 'undici';
import { type Runtime, systemRuntime } from '../config/runtime.ts';
import { type Codec, jsonCodec } from './codec.ts';

/** How long each part of a call may take, in milliseconds. The caller's total comes on top. */
export type TransportLimits = { connect: number; headers: number; idleBody: number; sockets: number };
/** A client certificate with its key, as the vendor hands it out (PKCS #12). */
export type ClientCertificate = { pfx: Buffer; passphrase: string | undefined };

/**
 * Milliseconds between two looks of undici at its clock: what a call has, it may take away that much early
 * (`lib/util/timers.js`). A call that would have been answered in time is then of unknown fate.
 */
const TIMER_TICK_MS = 500;
/** Why a call ended that would have begun too late for its claim. */
const CLAIM_EXPIRED = 'ClaimExpired';
/** Bytes of an answer that we read. A real one is under 1 kB. */
const MAX_RESPONSE_BYTES = 65_536;

export type TransportRequest = {
  method: 'GET' | 'POST';
  path: string;
  payload?: object;
  /** Milliseconds for all of it, connecting included. */
  timeoutMs: number;
  /** Asked right before the first byte: false ends the call as one that was never sent. */
  canSend?: () => boolean;
};
/** `body` is undefined when the answer is not what the transport speaks. */
export type TransportResponse = { status: number; body: unknown; retryAfter: string | undefined };
export type TransportResult = { answer: TransportResponse } | { failure: { sent: boolean; cause: string } };
export type Transport = (call: TransportRequest) => Promise<TransportResult>;

type CallInProgress = { hasBegun: boolean; canSend: () => boolean; abort: () => void };

/**
 * Calls under way, and whether their first byte has left. Error codes cannot tell (`ECONNRESET` comes before and after),
 * undici's event right before the first byte can. A test holds the pinned version to it. The event tells of all calls of the
 * process, and the build has this file more than once: each takes note of its own, or it would keep the others' for ever.
 */
const activeCalls = new Map<string, CallInProgress>();
const CALL_ID = 'x-request-id';

subscribe('undici:client:sendHeaders', (message) => {
  const { headers } = (message as { request: { headers: readonly string[] } }).request;
  const headerIndex = headers.indexOf(CALL_ID);
  const id = headerIndex < 0 ? undefined : headers[headerIndex + 1];
  const call = id === undefined ? undefined : activeCalls.get(id);
  if (!call) return;
  // Aborting here destroys the socket before undici writes to it: no byte leaves (held by a test on raw sockets).
  if (call.canSend()) call.hasBegun = true;
  else call.abort();
});

type TransportOptions = {
  baseUrl: string;
  apiKey: string;
  limits: TransportLimits;
  codec?: Codec;
  certificate?: ClientCertificate | undefined;
  setTimer?: Runtime['setTimer'];
  /** Makes the connections; the simulation passes its own. */
  openPool?: (origin: string, options: Pool.Options) => Pick<Pool, 'request'>;
};

/**
 * Makes each call once. There is no retry here and none underneath, no redirect is followed, and an answer is read up
 * to a bound only: what may be repeated is the ledger's to say.
 */
export function openTransport({
  baseUrl,
  apiKey,
  limits,
  codec = jsonCodec,
  certificate,
  setTimer = systemRuntime.setTimer,
  openPool = (origin, options) => new Pool(origin, options),
}: TransportOptions): Transport {
  const { origin, pathname } = new URL(baseUrl);
  const pool = openPool(origin, {
    connections: limits.sockets,
    pipelining: 1,
    connect: { timeout: limits.connect + TIMER_TICK_MS, ...certificate },
    headersTimeout: limits.headers + TIMER_TICK_MS,
    bodyTimeout: limits.idleBody + TIMER_TICK_MS,
    maxResponseSize: MAX_RESPONSE_BYTES,
  });
  return async ({ method, path, payload, timeoutMs, canSend = () => true }) => {
    if (timeoutMs <= 0 || !canSend()) return { failure: { sent: false, cause: CLAIM_EXPIRED } };
    const id = randomUUID();
    // Unlike `AbortSignal.timeout` it ends with the call, which would otherwise be remembered for all of its time.
    const abortController = new AbortController();
    const stopWaiting = setTimer(timeoutMs, () => abortController.abort(new DOMException('Too late', 'TimeoutError')));
    const call = {
      hasBegun: false,
      canSend,
      abort: () => abortController.abort(new DOMException('Too late', CLAIM_EXPIRED)),
    };
    activeCalls.set(id, call);
    try {
      const body = payload === undefined ? null : await codec.serializeBody(payload);
      const response = await pool.request({
        method,
        path: pathname + codec.prefix + path,
        headers: {
          ...(body !== null && { 'content-type': codec.requestContentType }),
          ...{ accept: codec.acceptHeader, api_key: apiKey, [CALL_ID]: id },
        },
        body,
        signal: abortController.signal,
      });
      // `text()` would take a byte order mark away, and what begins with one is no JSON (RFC 8259, section 8.1).
      const text = Buffer.from(await response.body.bytes()).toString('utf8');
      const retryAfter = response.headers['retry-after'];
      return {
        answer: {
          status: response.statusCode,
          body: await codec.parseBody(text, String(response.headers['content-type'] ?? ''), response.statusCode),
          retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
        },
      };
    } catch (error) {
      const { code, name } = error as { code?: unknown; name?: unknown };
      return { failure: { sent: call.hasBegun, cause: typeof code === 'string' ? code : String(name) } };
    } finally {
      stopWaiting();
      activeCalls.delete(id);
    }
  };
}
