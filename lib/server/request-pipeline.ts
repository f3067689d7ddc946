import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { pooledRandomBytes } from '../crypto/random.ts';
import { getRequestContextStorage, type RequestContext } from '../http/request-context.ts';
import { findPathLocale, LOCALE_HEADER } from '../i18n/routing.ts';
import { log } from '../observability/logger.ts';
import { formatError } from '../store/store-error.ts';
import { keepActionRedirectStatus } from './action-redirect-status.ts';
import { isApiPath, renderProblem } from './api-problem.ts';
import type { RequestHandler } from './app-runtime.ts';
import { SERVER_TIMEOUTS_MS, setBodyTimeout } from './body-timeout.ts';
import { sanitizeForwardedHeaders } from './forwarded-headers.ts';
import { isFramed, listFrameAncestors, markFramedRequest } from './framed-request.ts';
import { deliverHeldPage } from './held-page.ts';
import { trackRequest } from './in-flight-requests.ts';
import type { LoadSheddingLimits } from './load-shedding.ts';
import { handleOutage, recordFormBody } from './outage.ts';
import { handleOutdatedForm } from './outdated-form.ts';
import { buildPageHeaders } from './page-headers.ts';
import { getRequestRejection, isAmbiguous, type RequestRejection } from './request-rejection.ts';
import { isStaticFile, STATIC_PREFIX } from './static-files.ts';

/** Paths that cost little or report the server's state: they are served while other requests are refused. */
const ALWAYS_SERVED_PATHS = new Set([
  '/icon.svg',
  '/embed/v1.js',
  '/brand/logo',
  '/brand/theme.css',
  '/healthz',
  '/readyz',
]);

/** RFC 6797. On each of a page's dozen built files it would add as many bytes as a small script. */
const STRICT_TRANSPORT_SECURITY = 'max-age=63072000; includeSubDomains';

/**
 * Returns the listener that every request passes before Next.js handles it. Refusing a request inside of Next.js would
 * cost a fifth of a submission's CPU, and setting the headers there a sixth.
 */
export function createRequestPipeline(limits: LoadSheddingLimits, handle: RequestHandler): RequestListener {
  return async (request, response) => {
    try {
      await runStages(request, response, limits, handle);
    } catch (error) {
      log({ event: 'server.failed', cause: `pipeline ${formatError(error)}` });
      if (response.headersSent) response.end();
      else sendRejection(response, getPathname(request), { status: 500 });
    }
  };
}

async function runStages(
  request: IncomingMessage,
  response: ServerResponse,
  limits: LoadSheddingLimits,
  handle: RequestHandler,
): Promise<void> {
  const path = getPathname(request);
  // Before any refusal: its policy depends on the mark, which a client could send itself.
  markFramedRequest(request, path);
  trackRequest(response);
  setSecurityDefaults(response, path);
  if (rejectAmbiguousRequest(request, response, path)) return;
  sanitizeForwardedHeaders(request);
  setBodyTimeout(request, SERVER_TIMEOUTS_MS.requestTimeout);
  const context: RequestContext = { hasStarted: false, isUnreadable: false, isOutage: false };
  setStatusOfUnreadableRequest(response, context);
  if (!isAlwaysServed(request, path)) {
    const body = recordFormBody(request, path);
    if (await rejectRequest(request, response, path, limits)) return;
    const nonce = pooledRandomBytes(16).toString('base64');
    setPageHeaders(request, response, path, nonce);
    keepActionRedirectStatus(request, response);
    handleOutdatedForm(request, response, path, body);
    handleOutage(request, response, path, { context, body });
    deliverHeldPage(request, response, path, nonce);
  }
  await getRequestContextStorage().run(context, () => handle(request, response));
}

/** Returns the path of the request's target, which may be an absolute URL (RFC 9112, section 3.2.2). */
const getPathname = ({ url = '/' }: IncomingMessage) => url.replace(/^https?:\/\/[^/?]*/i, '').split('?', 1)[0] || '/';

const isAlwaysServed = ({ method }: IncomingMessage, path: string): boolean =>
  (method === 'GET' || method === 'HEAD') && (ALWAYS_SERVED_PATHS.has(path) || isStaticFile(path));

function setSecurityDefaults(response: ServerResponse, path: string): void {
  response.setHeader('x-content-type-options', 'nosniff');
  if (!path.startsWith(STATIC_PREFIX)) response.setHeader('strict-transport-security', STRICT_TRANSPORT_SECURITY);
}

/** @returns whether the request was refused */
function rejectAmbiguousRequest(request: IncomingMessage, response: ServerResponse, path: string): boolean {
  const isRejected = isAmbiguous(request, path);
  if (isRejected) sendRejection(response, path, { status: 400, headers: { connection: 'close' } });
  return isRejected;
}

/**
 * Next.js answers 500 to a request that it cannot read. The client sent it, so the status becomes 400 (RFC 9110,
 * 15.5.1).
 */
function setStatusOfUnreadableRequest(response: ServerResponse, context: RequestContext): void {
  const writeHead = response.writeHead.bind(response) as (status: number, ...rest: unknown[]) => ServerResponse;
  response.writeHead = (status: number, ...rest: unknown[]) =>
    writeHead(status === 500 && context.isUnreadable ? 400 : status, ...rest);
}

/** @returns whether the request was refused */
async function rejectRequest(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  limits: LoadSheddingLimits,
): Promise<boolean> {
  const rejection = await getRequestRejection(request, path, limits);
  if (rejection) sendRejection(response, path, rejection);
  return rejection !== undefined;
}

/**
 * Sets the headers of a page, and passes its language and its nonce to Next.js, which reads the nonce from the policy.
 */
function setPageHeaders(request: IncomingMessage, response: ServerResponse, path: string, nonce: string): void {
  const { headers } = request;
  const policyHeaders = buildPageHeaders(path, nonce, isFramed(request));
  response.setHeaders(new Map(Object.entries(policyHeaders)));
  headers['content-security-policy'] = policyHeaders['content-security-policy'];
  headers[LOCALE_HEADER] = findPathLocale(path);
}

function sendRejection(response: ServerResponse, path: string, rejection: RequestRejection): void {
  const { status, headers, body } = rejection;
  const problem = isApiPath(path) ? renderProblem(status) : undefined;
  const policy = `default-src 'none'; frame-ancestors ${listFrameAncestors(response.req).join(' ')}`;
  const allHeaders = { 'content-security-policy': policy, ...headers, ...problem?.headers };
  response.writeHead(status, allHeaders).end(problem?.body ?? body);
}
