import { randomUUID } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import { type Dispatcher, Pool } from 'undici';
import { type Runtime, systemRuntime } from '../config/runtime.ts';
import { type Codec, jsonCodec } from './codec.ts';

/** Time limits of the parts of a call in milliseconds, and the number of sockets. */
export type TransportLimits = { connect: number; headers: number; idleBody: number; sockets: number };
/** A client certificate with its key (PKCS #12). */
export type ClientCertificate = { pfx: Buffer; passphrase: string | undefined };

/**
 * undici checks its timers every 500 ms (undici's `lib/util/timers.js`) and may end a call that much too early. The call would then be
 * ambiguous although its answer was in time, so each limit gets this addition.
 */
const TIMER_TICK_MS = 500;
/** Cause of a call that would have begun after its claim's window. */
const CLAIM_EXPIRED = 'ClaimExpired';
/** A real answer is under 1 kB. */
const MAX_RESPONSE_BYTES = 65_536;

export type TransportRequest = {
  method: 'GET' | 'POST';
  path: string;
  payload?: object;
  /** Milliseconds for the whole call, connecting included. */
  timeoutMs: number;
  /** Called right before the first byte; false ends the call as not sent. */
  canSend?: () => boolean;
};
/** `body` is undefined when the codec cannot read the answer. */
export type TransportResponse = { status: number; body: unknown; retryAfter: string | undefined };
export type TransportResult = { answer: TransportResponse } | { failure: { sent: boolean; cause: string } };
export type Transport = (call: TransportRequest) => Promise<TransportResult>;

type CallInProgress = { hasBegun: boolean; canSend: () => boolean; abort: () => void };

/**
 * Calls in flight. Error codes do not tell whether a byte has left (`ECONNRESET` comes before and after); undici's event right
 * before the first byte does. The build contains this module more than once, so each copy records its own calls only.
 */
const activeCalls = new Map<string, CallInProgress>();
const CALL_ID = 'x-request-id';

subscribe('undici:client:sendHeaders', (message) => {
  const { headers } = (message as { request: { headers: readonly string[] } }).request;
  const headerIndex = headers.indexOf(CALL_ID);
  const id = headerIndex < 0 ? undefined : headers[headerIndex + 1];
  const call = id === undefined ? undefined : activeCalls.get(id);
  if (!call) return;
  // Aborting here destroys the socket before undici writes to it, so no byte leaves (tested on raw sockets).
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
  /** The simulation passes its own pool. */
  openPool?: (origin: string, options: Pool.Options) => Pick<Pool, 'request'>;
};

async function readResponse(
  { statusCode, headers, body }: Pick<Dispatcher.ResponseData, 'statusCode' | 'headers' | 'body'>,
  codec: Codec,
): Promise<TransportResponse> {
  // `text()` would remove a byte order mark, which JSON may not have (RFC 8259, section 8.1).
  const text = Buffer.from(await body.bytes()).toString('utf8');
  const retryAfter = headers['retry-after'];
  return {
    status: statusCode,
    body: await codec.parseBody(text, String(headers['content-type'] ?? ''), statusCode),
    retryAfter: typeof retryAfter === 'string' ? retryAfter : undefined,
  };
}

/**
 * Opens a transport that makes each call once: no retry, no redirect, a bounded answer. The ledger decides what may be
 * repeated.
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
    // With HTTP/2, undici sends a request that was ended before its first byte, and repeats refused ones by itself.
    allowH2: false,
    connect: { timeout: limits.connect + TIMER_TICK_MS, ...certificate },
    headersTimeout: limits.headers + TIMER_TICK_MS,
    bodyTimeout: limits.idleBody + TIMER_TICK_MS,
    maxResponseSize: MAX_RESPONSE_BYTES,
  });
  return async ({ method, path, payload, timeoutMs, canSend = () => true }) => {
    if (timeoutMs <= 0 || !canSend()) return { failure: { sent: false, cause: CLAIM_EXPIRED } };
    const { id, call, signal, end } = beginCall(timeoutMs, canSend, setTimer);
    try {
      const body = payload === undefined ? null : await codec.serializeBody(payload);
      const response = await pool.request({
        method,
        path: pathname + codec.prefix + path,
        headers: {
          ...(body !== null && { 'content-type': codec.requestContentType }),
          accept: codec.acceptHeader,
          api_key: apiKey,
          [CALL_ID]: id,
        },
        body,
        signal,
      });
      return { answer: await readResponse(response, codec) };
    } catch (error) {
      const { code, name } = error as { code?: unknown; name?: unknown };
      return { failure: { sent: call.hasBegun, cause: typeof code === 'string' ? code : String(name) } };
    } finally {
      end();
    }
  };
}

/** Registers a call for the event before its first byte, and ends it after `timeoutMs`. The caller must call `end`. */
function beginCall(timeoutMs: number, canSend: () => boolean, setTimer: Runtime['setTimer']) {
  const id = randomUUID();
  // `AbortSignal.timeout` would keep each finished call in memory until its time is over.
  const abortController = new AbortController();
  const abort = (name: string) => abortController.abort(new DOMException('Too late', name));
  const stopWaiting = setTimer(timeoutMs, () => abort('TimeoutError'));
  const call: CallInProgress = { hasBegun: false, canSend, abort: () => abort(CLAIM_EXPIRED) };
  activeCalls.set(id, call);
  function end(): void {
    stopWaiting();
    activeCalls.delete(id);
  }
  return { id, call, signal: abortController.signal, end };
}
