import { FAULTS } from './faults.ts';
import { type Call, listen, sendResponse } from './http.ts';

/** A request as it came over the wire, with the status of its answer. */
export type ReceivedRequest = {
  at: string;
  method: string;
  path: string;
  headers: Record<string, string | string[] | undefined>;
  body: string;
  status: number | null;
  /** True for a request over TLS. */
  isTls: boolean;
  /** The correlation id of a sealed body. */
  reference: string | undefined;
};

/** Replaces the usual answer to the next matching request, once. */
export type NextAnswer = {
  status?: number;
  headers?: Record<string, string>;
  body?: unknown;
  delayMs?: number;
  /** Cut the connection instead of answering. */
  reset?: boolean;
  /** The name of a function in `faults.ts` that puts a faulty answer directly on the socket. */
  fault?: string;
  /** True when the stand-in does the requested work before it answers. The default is true for a status below 400. */
  done?: boolean;
  /** Only for calls whose path contains this text. */
  endpoint?: string;
};

/**
 * Records the requests to one stand-in, and sets its answers. Each entry belongs to a key that the stand-in takes from the
 * request (a phone, the last four digits of a card, …), so tests that use different keys run side by side.
 */
export class Control {
  #requests = new Map<string, ReceivedRequest[]>();
  #nextAnswers = new Map<string, NextAnswer[]>();
  #settings = new Map<string, Record<string, unknown>>();

  record(key: string, { request, url, body, reference }: Call): ReceivedRequest {
    const entry: ReceivedRequest = {
      at: new Date().toISOString(),
      method: request.method ?? '',
      path: url.pathname,
      headers: request.headers,
      body,
      status: null,
      isTls: 'encrypted' in request.socket,
      reference,
    };
    this.#requests.set(key, [...(this.#requests.get(key) ?? []), entry]);
    return entry;
  }

  /** @param defaultEndpoint the `endpoint` of an answer that names none */
  takeNext(key: string, path = '', defaultEndpoint = ''): NextAnswer | undefined {
    const queue = this.#nextAnswers.get(key) ?? [];
    const index = queue.findIndex(({ endpoint = defaultEndpoint }) => path.includes(endpoint));
    return index < 0 ? undefined : queue.splice(index, 1)[0];
  }

  /** A setting for this key, else the one made for every key (`*`), else the default. */
  getSetting<T>(key: string, name: string, fallback: T): T {
    const value = this.#settings.get(key)?.[name] ?? this.#settings.get('*')?.[name];
    return (value as T | undefined) ?? fallback;
  }

  /** Serves the control port: `GET /received?key=`, `POST /next`, `POST /settings`, `POST /reset`. */
  async serve(variable: string, fallback: number): Promise<string> {
    return listen(variable, fallback, ({ request, response, url, body }) => {
      const route = `${request.method} ${url.pathname}`;
      if (route === 'GET /received') {
        const key = url.searchParams.get('key');
        const all = [...this.#requests.values()].flat();
        return sendResponse(response, 200, key === null ? all : (this.#requests.get(key) ?? []));
      }
      const { key = '*', ...rest } = body === '' ? {} : JSON.parse(body);
      switch (route) {
        case 'POST /next':
          this.#nextAnswers.set(key, [...(this.#nextAnswers.get(key) ?? []), rest.answer]);
          return sendResponse(response, 204);
        case 'POST /settings':
          this.#settings.set(key, { ...this.#settings.get(key), ...rest });
          return sendResponse(response, 204);
        case 'POST /reset':
          for (const map of [this.#requests, this.#nextAnswers, this.#settings]) {
            if (key === '*') map.clear();
            else map.delete(key);
          }
          return sendResponse(response, 204);
        default:
          return sendResponse(response, 404, { reason: `The control port has no ${route}` });
      }
    });
  }
}

/** Delays, cuts or answers as the test asked. Returns false when the usual answer is due. */
export async function applyNext(
  { request, response }: Call,
  entry: ReceivedRequest,
  next: NextAnswer | undefined,
): Promise<boolean> {
  if (!next) return false;
  if (next.delayMs) await new Promise((resolve) => setTimeout(resolve, next.delayMs));
  if (next.reset) {
    request.socket.destroy();
    return true;
  }
  if (next.fault !== undefined) {
    const fault = FAULTS[next.fault];
    if (!fault) throw new Error(`No fault ${next.fault}`);
    request.socket.on('error', () => {});
    fault(request.socket);
    return true;
  }
  if (next.status === undefined) return false;
  entry.status = next.status;
  sendResponse(response, next.status, next.body, next.headers);
  return true;
}
