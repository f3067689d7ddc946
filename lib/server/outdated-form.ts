import type { IncomingMessage, ServerResponse } from 'node:http';
import { renderUpdatedPage } from './error-pages.ts';
import { isDocumentRequest, replaceResponse } from './replace-response.ts';

/** Pages of steps, which keep half-filled forms under a path of their own. */
const STEP_PATH =
  /^\/(en|es)\/(onboarding|assist\/cases\/[0-9a-f-]{36})\/(?!review$|outcome$|hand-over$|history$)[a-z-]+$/;

/** A field of a form that is not the framework's own. */
const FORM_FIELD = /name="(?!\$ACTION)/;

/** What the framework answers to a form that names an action of another build. */
const UNKNOWN_ACTION_STATUS = 409;

/**
 * Answers a form whose page is older than the server and which a browser posts by itself, without script or before it came. The
 * action has not run. A step's form is posted again to where half-filled forms are kept (307 keeps method and body; RFC 9110,
 * section 15.4.8), and its page is drawn anew with what was typed; other forms hold no text that would be missed. What has no field
 * comes from no page of ours, and the framework's answer stands.
 *
 * @param body of a customer's step so far (`recordFormBody`)
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
    if (!STEP_PATH.test(path)) return () => renderUpdatedPage(path);
    return () => ({
      status: 307,
      headers: { location: `${path}/typed`, 'cache-control': 'private, no-store' },
      html: '',
    });
  });
}
