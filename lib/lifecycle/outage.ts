import type { IncomingMessage, ServerResponse } from 'node:http';
import { holdsCardNumber } from '../domain/card/card-number.ts';
import type { RequestContext } from '../security/request-context.ts';
import { MOST_BYTES } from '../security/request-gate.ts';
import { outagePage } from './plain-page.ts';

/** Forms of customers' steps. Other forms carry codes, which are in no page. */
const STEP = /^\/(en|es)\/onboarding\/(?!card$)[a-z-]+$/;

/** Headers of the answer that ours replaces. */
const OF_ANOTHER_BODY = ['content-length', 'content-encoding', 'transfer-encoding', 'etag'];

/** A page that a browser asks for or a form that it posts by itself; scripts have answers of their own (`next-action`, `rsc`). */
const isDocument = ({ headers }: IncomingMessage) => !headers['next-action'] && !headers['rsc'];

/** The body that was posted so far, or undefined when it must not come back. */
type KeptBody = () => Buffer | undefined;

/**
 * Keeps the form of a customer's step, whoever reads it: the bytes are taken where Node's parser hands them over. Call it before
 * anything is waited for, since they may come with the headers.
 */
export function keepForm(request: IncomingMessage, path: string): KeptBody {
  if (request.method !== 'POST' || !isDocument(request) || !STEP.test(path)) return () => undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  const push = request.push.bind(request);
  request.push = (chunk: Buffer | null, encoding) => {
    length += chunk?.length ?? 0;
    if (chunk && length <= MOST_BYTES) chunks.push(Buffer.from(chunk));
    return push(chunk, encoding);
  };
  return () => (length <= MOST_BYTES ? Buffer.concat(chunks) : undefined);
}

/**
 * Answers 503 with a page of our own where the framework would answer a failing store with a bare 500, and gives the posted
 * form back: without script a browser has nothing else.
 */
export function answerOutage(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  { context, body }: { context: RequestContext; body: KeptBody },
): void {
  if (!isDocument(request)) return;
  const [write, end, writeHead] = [response.write, response.end, response.writeHead].map((method) =>
    method.bind(response),
  ) as [() => boolean, (text: string) => ServerResponse, (status: number, ...rest: unknown[]) => ServerResponse];
  let isReplaced = false;

  async function replace(): Promise<void> {
    for (const name of OF_ANOTHER_BODY) response.removeHeader(name);
    const page = outagePage(path, await readFields(body(), request.headers['content-type']));
    writeHead(page.status, page.headers);
    end(page.html);
  }
  /** Whether this answer is the framework's for an outage; the first time, ours begins. */
  function isOurs(status: number): boolean {
    if (!isReplaced && context.isOutage && status === 500 && !response.headersSent) {
      isReplaced = true;
      void replace();
    }
    return isReplaced;
  }
  response.writeHead = (status: number, ...rest: unknown[]) => (isOurs(status) ? response : writeHead(status, ...rest));
  response.write = (...args: unknown[]) =>
    isOurs(response.statusCode) || (write as (...rest: unknown[]) => boolean)(...args);
  response.end = (...args: unknown[]) =>
    isOurs(response.statusCode) ? response : (end as (...rest: unknown[]) => ServerResponse)(...args);
}

/** The texts of a form. One that could be a card number is never in a page. */
async function readFields(body: Buffer | undefined, type: string | undefined): Promise<[string, string][]> {
  if (!body || !type) return [];
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    return [...form].flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' && !holdsCardNumber(value) ? [[name, value]] : [],
    );
  } catch {
    return [];
  }
}
