import type { IncomingMessage, ServerResponse } from 'node:http';
import { hasCardNumber } from '../domain/card/card-number.ts';
import type { RequestContext } from '../http/request-context.ts';
import { MAX_BODY_BYTES } from '../http/request-validation.ts';
import { renderOutagePage } from './error-pages.ts';
import { isDocumentRequest, replaceResponse } from './replace-response.ts';

/** Forms of customers' steps. Other forms carry codes, which are in no page. */
const STEP_PATH = /^\/(en|es)\/onboarding\/(?!card(\/|$))[a-z-]+(\/typed)?$/;

/** The body that was posted so far, or undefined when it must not come back. */
type BodyReader = () => Buffer | undefined;

/**
 * Keeps the form of a customer's step, whoever reads it: the bytes are taken where Node's parser hands them over. Call it before
 * anything is waited for, since they may come with the headers.
 */
export function recordFormBody(request: IncomingMessage, path: string): BodyReader {
  if (request.method !== 'POST' || !isDocumentRequest(request) || !STEP_PATH.test(path)) return () => undefined;
  const chunks: Buffer[] = [];
  let length = 0;
  const push = request.push.bind(request);
  request.push = (chunk: Buffer | null, encoding) => {
    length += chunk?.length ?? 0;
    if (chunk && length <= MAX_BODY_BYTES) chunks.push(Buffer.from(chunk));
    return push(chunk, encoding);
  };
  return () => (length <= MAX_BODY_BYTES ? Buffer.concat(chunks) : undefined);
}

/**
 * Answers 503 with a page of our own where the framework would answer a failing store with a bare 500, and gives the posted
 * form back: without script a browser has nothing else.
 */
export function handleOutage(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  { context, body }: { context: RequestContext; body: BodyReader },
): void {
  if (!isDocumentRequest(request)) return;
  replaceResponse(response, (status) => {
    if (!context.isOutage || status !== 500) return undefined;
    return async () => renderOutagePage(path, await readFields(body(), request.headers['content-type']));
  });
}

/** The texts of a form. One that could be a card number is never in a page. */
async function readFields(body: Buffer | undefined, type: string | undefined): Promise<[string, string][]> {
  if (!body || !type) return [];
  try {
    const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
    return [...form].flatMap(([name, value]): [string, string][] =>
      typeof value === 'string' && !hasCardNumber(value) ? [[name, value]] : [],
    );
  } catch {
    return [];
  }
}
