import type { IncomingMessage, ServerResponse } from 'node:http';
import { renderUpdatedPage } from './error-pages.ts';
import { listFrameAncestors } from './framed-request.ts';
import { isDocumentRequest, replaceResponse } from './replace-response.ts';

/** Pages of steps, and the console's list: each has a route that takes its form without an action. */
const TYPED_PATH =
  /^\/(en|es)\/(assist|(onboarding|assist\/cases\/[0-9a-f-]{36})\/(?!review$|outcome$|hand-over$|history$)[a-z-]+)$/;

/** A field that is not one of Next.js. */
const FORM_FIELD = /name="(?!\$ACTION)/;

/** Next.js answers this status to a form that names an action of another build. */
const UNKNOWN_ACTION_STATUS = 409;

/**
 * Answers a form of an older build that the browser posted without script; its action has not run. A form with text is
 * redirected to the route beside its page with 307, which keeps method and body (RFC 9110, section 15.4.8); that route shows
 * a step's page with the answers, and opens the customer of the console's list. Other forms hold no text worth keeping. For a
 * post without any field, which no page of ours sends, the answer of Next.js stands.
 *
 * @param body returns the posted body of a customer's step (`recordFormBody`)
 */
export function handleOutdatedForm(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  body: () => Buffer | undefined,
): void {
  if (request.method !== 'POST' || !isDocumentRequest(request)) return;
  replaceResponse(response, (status) => {
    if (status !== UNKNOWN_ACTION_STATUS) return undefined;
    const bytes = body();
    if (bytes && !FORM_FIELD.test(bytes.toString('latin1'))) return undefined;
    if (!TYPED_PATH.test(path)) return () => renderUpdatedPage(path, listFrameAncestors(request));
    return () => ({
      status: 307,
      headers: { location: `${path}/typed`, 'cache-control': 'private, no-store' },
      body: '',
    });
  });
}
