import type { IncomingMessage, ServerResponse } from 'node:http';
import { hasCardNumber } from '../domain/card/card-number.ts';
import type { RequestContext } from '../http/request-context.ts';
import { MAX_BODY_BYTES } from '../http/request-validation.ts';
import { isApiPath, renderProblem } from './api-problem.ts';
import { renderOutagePage } from './error-pages.ts';
import { listFrameAncestors } from './framed-request.ts';
import { isDocumentRequest, replaceResponse } from './replace-response.ts';

/** Only forms of customers' steps are returned: other forms carry codes, which must be in no page. */
const STEP_PATH = /^\/(en|es)\/onboarding\/(?!card(\/|$))[a-z-]+(\/typed)?$/;

/** Returns the posted body so far, or undefined when it must not be returned to the browser. */
type BodyReader = () => Buffer | undefined;

/**
 * Records the form of a customer's step where Node's parser pushes the bytes, beside any other reader. Call it before
 * the first `await`: the bytes may arrive with the headers.
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
 * Answers 503 with a page of our own where Next.js would answer a failing store with a bare 500, and returns the posted
 * form: a browser without script has no other copy. A failure of the API is answered with a problem (RFC 9457).
 */
export function handleOutage(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  { context, body }: { context: RequestContext; body: BodyReader },
): void {
  if (isApiPath(path)) {
    replaceResponse(response, (status) =>
      status === 500 ? () => renderProblem(getFailureStatus(context)) : undefined,
    );
    return;
  }
  if (!isDocumentRequest(request)) return;
  replaceResponse(response, (status) => {
    if (!context.isOutage || status !== 500) return undefined;
    return async () => {
      const fields = await readFields(body(), request.headers['content-type']);
      return renderOutagePage(path, fields, listFrameAncestors(request));
    };
  });
}

const getFailureStatus = ({ isUnreadable, isOutage }: RequestContext): number => {
  if (isUnreadable) return 400;
  return isOutage ? 503 : 500;
};

/** Returns the texts of a form without those that could be a card number, which must be in no page. */
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
