import type { IncomingMessage, ServerResponse } from 'node:http';
import { getEnv } from '../config/env.ts';
import { isDevelopment } from '../config/is-development.ts';
import { isSameOrigin, readNodeHeaders } from '../http/request-validation.ts';
import type { ScriptStart } from '../inline-script/start-held-scripts.ts';
import { log } from '../observability/logger.ts';
import { addFrameScript } from './frame-script.ts';
import { isFramed, listEmbedOrigins } from './framed-request.ts';
import { holdScripts } from './held-scripts.ts';
import { inlineStyles } from './inline-styles.ts';
import { CARD_PAGE } from './page-policy.ts';
import { isDocumentRequest } from './replace-response.ts';
import { rewritePage } from './rewrite-page.ts';

/** Customer pages that work without script. The page of the result goes on by itself and is not one of them. */
const FORM_PAGE = /^\/[a-z]{2}(\/onboarding\/(identity|address|payment|review))?\/?$/;

/** RFC 9110, section 12.5.3: a weight of zero excludes a coding. */
const ACCEPTS_GZIP = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/;

/** The vault's script fills the card page with its fields, so that page's scripts wait for the load alone. */
function getScriptStart(path: string): ScriptStart | undefined {
  if (CARD_PAGE.test(path)) return 'load';
  return FORM_PAGE.test(path) ? 'touch' : undefined;
}

let isReported = false;
/** An update of Next.js can change its scripts. Pages then start as Next.js wrote them. */
function reportUnknownForm(): void {
  if (!isReported) log({ event: 'scripts.unknown' });
  isReported = true;
}

/** A page that a script reads is parsed under the policy of its reader, whose nonce is another one (Fetch Metadata, W3C). */
const isScriptRequest = ({ headers }: IncomingMessage) => headers['sec-fetch-dest'] === 'empty';

/**
 * Returns whether the answer only posts a partner's token again (`app/partner`). It must not report to the partner's page, which takes
 * the first report as the start of the journey and then waits for no other one.
 */
function isTokenRelay({ method, headers }: IncomingMessage, path: string): boolean {
  if (path !== '/partner') return false;
  return method !== 'POST' || !isSameOrigin({ headers: readNodeHeaders(headers) }, getEnv().APP_ORIGIN);
}

function holdPage(html: string, nonce: string, start: ScriptStart): string {
  const heldHtml = holdScripts(html, nonce, start);
  if (heldHtml === undefined) reportUnknownForm();
  return inlineStyles(heldHtml ?? html, nonce);
}

/**
 * Sends a customer page with its styles in the document and with scripts that start later (docs/decisions/0150-held-scripts.md). The answer
 * to a post has an error to correct, so its scripts start at once. A page of the journey in a partner's frame also gets the script that
 * reports to the partner's page.
 *
 * @param nonce the nonce of the page's policy
 */
export function deliverHeldPage(request: IncomingMessage, response: ServerResponse, path: string, nonce: string): void {
  if (!isDocumentRequest(request) || isScriptRequest(request)) return;
  const start = isDevelopment || request.method !== 'GET' ? undefined : getScriptStart(path);
  const hasReports = isFramed(request) && !isTokenRelay(request, path);
  if (!start && !hasReports) return;
  const isCompressed = ACCEPTS_GZIP.test(String(request.headers['accept-encoding']));
  delete request.headers['accept-encoding']; // Next.js compresses while it writes
  rewritePage(response, isCompressed, (html) => {
    const page = start ? holdPage(html, nonce, start) : html;
    return hasReports ? addFrameScript(page, nonce, listEmbedOrigins()) : page;
  });
}
