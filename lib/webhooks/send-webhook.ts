import { Agent } from 'undici';
import { type Runtime, systemRuntime } from '../config/runtime.ts';
import { createCheckedLookup, isPublicAddress, PRIVATE_ADDRESS } from './public-address.ts';

/**
 * The result of one attempt. `rejected` and `gone`: the endpoint works and refuses this event; after `gone` it must not be sent again.
 * `failed`: the endpoint does not work. `cause` is a status or the code of an error, never a text of the receiver.
 */
export type SendResult = { kind: 'delivered' | 'rejected' | 'gone' | 'failed'; cause: string };

export type SendWebhook = (url: URL, headers: Readonly<Record<string, string>>, body: string) => Promise<SendResult>;

type ClientOptions = {
  /** Milliseconds for the whole attempt, connecting included. */
  timeoutMs: number;
  /** `local` sends to this machine. */
  isLocal: boolean;
  setTimer?: Runtime['setTimer'];
  /** For tests: certificate authorities, and how names are resolved. */
  ca?: string;
  resolve?: Parameters<typeof createCheckedLookup>[1];
};

/** Sockets of an endpoint. They are not those of submissions. */
const MAX_SOCKETS = 8;
/** More of an answer is not read. */
const MAX_ANSWER_BYTES = 4_096;
const GONE = 410;
/** Statuses below 500 of an endpoint that would refuse every event now: a wrong secret, a time limit, too many requests. */
const ENDPOINT_FAILURES = new Set([401, 403, 408, 429]);

/**
 * Creates the client of one of the partner's endpoints: no redirect, no proxy, a time limit, public addresses only. The head of an answer
 * decides; its body is read up to 4 kB and dropped. A client pools its sockets by origin, so endpoints of one host need a client each:
 * a silent one would take the sockets of the others.
 */
export function createWebhookClient({
  timeoutMs,
  isLocal,
  setTimer = systemRuntime.setTimer,
  ca,
  resolve,
}: ClientOptions): SendWebhook {
  const isAllowed = (address: string) => isLocal || isPublicAddress(address) === true;
  const agent = new Agent({
    allowH2: false,
    connections: MAX_SOCKETS,
    pipelining: 1,
    connect: { timeout: timeoutMs, lookup: createCheckedLookup(isAllowed, resolve), ...(ca !== undefined && { ca }) },
    headersTimeout: timeoutMs,
    bodyTimeout: timeoutMs,
  });

  return async (url, headers, body) => {
    // A socket does not resolve a host that is an address.
    if (isPublicAddress(url.hostname) === false && !isLocal) return { kind: 'failed', cause: PRIVATE_ADDRESS };
    const abortController = new AbortController();
    const stopWaiting = setTimer(timeoutMs, () => abortController.abort(new DOMException('Too late', 'TimeoutError')));
    try {
      const { signal } = abortController;
      const answer = await agent.request({
        origin: url.origin,
        path: url.pathname + url.search,
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body,
        signal,
      });
      await answer.body.dump({ limit: MAX_ANSWER_BYTES, signal }).catch(() => {});
      return toResult(answer.statusCode);
    } catch (error) {
      return { kind: 'failed', cause: getCause(error) };
    } finally {
      stopWaiting();
    }
  };
}

function toResult(status: number): SendResult {
  const cause = `HTTP ${status}`;
  if (status >= 200 && status < 300) return { kind: 'delivered', cause };
  if (status === GONE) return { kind: 'gone', cause };
  return { kind: status >= 400 && status < 500 && !ENDPOINT_FAILURES.has(status) ? 'rejected' : 'failed', cause };
}

/** Returns the code or the class of an error: its message may quote the receiver. */
function getCause(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown };
  return typeof code === 'string' ? code : String(name);
}
