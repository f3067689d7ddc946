import { randomUUID } from 'node:crypto';
import { subscribe } from 'node:diagnostics_channel';
import { Pool } from 'undici';

/** How long each part of a call may take, in milliseconds. `total` is the promise; the rest fail sooner. */
type Limits = { connect: number; headers: number; idleBody: number; total: number };
const LIMITS: Limits = { connect: 3_000, headers: 10_000, idleBody: 5_000, total: 15_000 };

/** Bytes of an answer that we read. A real one is under 1 kB. */
const MAX_ANSWER = 65_536;

export type Answer = { status: number; isJson: boolean; retryAfter: boolean; text: string };
type TransportResult = { answer: Answer } | { failure: 'not-sent' | 'unknown'; cause: string };
export type Post = (path: string, headers: Record<string, string>, body: string) => Promise<TransportResult>;

/**
 * Calls of which the first byte has left. Error codes cannot tell (`ECONNRESET` comes before and after), undici's event
 * right before the first byte can. A test holds the pinned version to it.
 */
const begun = new Set<string>();
const CALL_ID = 'x-request-id';

subscribe('undici:client:sendHeaders', (message) => {
  const { headers } = (message as { request: { headers: readonly string[] } }).request;
  const at = headers.indexOf(CALL_ID);
  const id = at < 0 ? undefined : headers[at + 1];
  if (id) begun.add(id);
});

/** A POST that is made once. There is no retry here and none underneath: the upstream's POST is not idempotent. */
export function plainTransport(baseUrl: string, limits = LIMITS): Post {
  const { origin, pathname } = new URL(baseUrl);
  const pool = new Pool(origin, {
    connections: 16,
    pipelining: 1,
    connect: { timeout: limits.connect },
    headersTimeout: limits.headers,
    bodyTimeout: limits.idleBody,
  });
  return async (path, headers, body) => {
    const id = randomUUID();
    try {
      const response = await pool.request({
        method: 'POST',
        path: pathname + path,
        headers: { 'content-type': 'application/json', accept: 'application/json', [CALL_ID]: id, ...headers },
        body,
        signal: AbortSignal.timeout(limits.total),
      });
      const type = String(response.headers['content-type'] ?? '');
      const text = await readAll(response.body);
      return {
        answer: {
          status: response.statusCode,
          isJson: /^application\/json\b/i.test(type),
          retryAfter: response.headers['retry-after'] !== undefined,
          text,
        },
      };
    } catch (error) {
      const { code, name } = error as { code?: unknown; name?: unknown };
      const cause = typeof code === 'string' ? code : String(name);
      return { failure: begun.has(id) ? 'unknown' : 'not-sent', cause };
    } finally {
      begun.delete(id);
    }
  };
}

async function readAll(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of body) {
    size += chunk.length;
    if (size > MAX_ANSWER) throw Object.assign(new Error('The answer is too long'), { code: 'ANSWER_TOO_LONG' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
