import type { IncomingMessage, ServerResponse } from 'node:http';
import { holdsCardNumber } from '../domain/card/card-number.ts';
import type { RequestContext } from '../http/request-context.ts';
import { MOST_BYTES } from '../http/request-gate.ts';
import { outagePage } from './plain-page.ts';
import { isDocument, replaceAnswer } from './replace-answer.ts';

/** Forms of customers' steps. Other forms carry codes, which are in no page. */
const STEP = /^\/(en|es)\/onboarding\/(?!card(\/|$))[a-z-]+(\/typed)?$/;

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
  replaceAnswer(response, (status) => {
    if (!context.isOutage || status !== 500) return undefined;
    return async () => outagePage(path, await readFields(body(), request.headers['content-type']));
  });
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
