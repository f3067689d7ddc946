import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { pooledRandomBytes } from '../crypto/random.ts';
import { getRequestContextStorage, type RequestContext } from '../http/request-context.ts';
import { findPathLocale, LOCALE_HEADER } from '../i18n/routing.ts';
import { setBodyTimeout } from './body-timeout.ts';
import { sanitizeForwardedHeaders } from './forwarded-headers.ts';
import type { LoadSheddingLimits } from './load-shedding.ts';
import { handleOutage, recordFormBody } from './outage.ts';
import { handleOutdatedForm } from './outdated-form.ts';
import { buildPageHeaders } from './page-headers.ts';
import { getRequestRejection, isAmbiguous, type RequestRejection } from './request-rejection.ts';
import { isStaticFile, STATIC_PREFIX } from './static-files.ts';

/** What a server answers always and to everybody: it costs next to nothing, or asks how the server is. */
const ALWAYS_SERVED_PATHS = new Set(['/icon.svg', '/brand/logo', '/brand/theme.css', '/healthz', '/readyz']);

const isAlwaysServed = ({ method }: IncomingMessage, path: string): boolean =>
  (method === 'GET' || method === 'HEAD') && (ALWAYS_SERVED_PATHS.has(path) || isStaticFile(path));

/** RFC 6797. On the dozen files of a page it would weigh as much as a small script. */
const STRICT_TRANSPORT_SECURITY = 'max-age=63072000; includeSubDomains';
/** The policy of what is no page. */
const NO_CONTENT_POLICY = "default-src 'none'; frame-ancestors 'none'";

/**
 * Milliseconds. A request's headers, and all of it, must have come in time: 64 kB take a slow phone ten seconds. An idle
 * connection stays longer than a proxy keeps it (Caddy, two minutes): whoever lets go last cannot let go of a connection on
 * which a request is just coming (RFC 9112, section 9.5), and a post that meets a closed one must not be sent again.
 */
const SERVER_TIMEOUTS_MS = { headersTimeout: 15_000, requestTimeout: 30_000, keepAliveTimeout: 150_000 };

/** The path that a request asks for, whether it names a host as well or not (RFC 9112, section 3.2.2). */
const getPathname = ({ url = '/' }: IncomingMessage) => url.replace(/^https?:\/\/[^/?]*/i, '').split('?', 1)[0] || '/';

/** Tells the framework the page's language and nonce, and the browser what it may do with the page. */
function setPageHeaders({ headers }: IncomingMessage, response: ServerResponse, path: string): void {
  const policyHeaders = buildPageHeaders(path, pooledRandomBytes(16).toString('base64'));
  response.setHeaders(new Map(Object.entries(policyHeaders)));
  headers['content-security-policy'] = policyHeaders['content-security-policy']; // where the framework takes the nonce from
  headers[LOCALE_HEADER] = findPathLocale(path);
}

/** The framework answers 500 to what it cannot read: the status says then whose fault it is (RFC 9110, section 15.5.1). */
function handleUnreadableRequest(response: ServerResponse, context: RequestContext): void {
  const writeHead = response.writeHead.bind(response) as (status: number, ...rest: unknown[]) => ServerResponse;
  response.writeHead = (status: number, ...rest: unknown[]) =>
    writeHead(status === 500 && context.isUnreadable ? 400 : status, ...rest);
}

function sendRejection(response: ServerResponse, { status, headers, html }: RequestRejection): void {
  response.writeHead(status, { 'content-security-policy': NO_CONTENT_POLICY, ...headers }).end(html);
}

/**
 * The door that every request comes through before the framework is asked. It says no where it must, and dresses what goes
 * in. Through the framework's own door a no costs a fifth of a submission, and a yes a sixth.
 */
export function installRequestPipeline(limits: LoadSheddingLimits): void {
  const preparedServers = new WeakSet<Server>();
  subscribe('http.server.request.start', (message) => {
    const { server } = message as { server: Server };
    // The framework listens for its development server's sockets and leaves any other hanging. Without a listener such a
    // request comes here like any other, and the gate refuses it.
    server.removeAllListeners('upgrade');
    if (preparedServers.has(server)) return;
    preparedServers.add(server);
    Object.assign(server, SERVER_TIMEOUTS_MS);
    // The event comes right before the listeners: the first request passes here, too.
    const frameworkListeners = server.listeners('request') as RequestListener[];
    server.removeAllListeners('request');
    server.on('request', async (request, response) => {
      const path = getPathname(request);
      response.setHeader('x-content-type-options', 'nosniff');
      if (!path.startsWith(STATIC_PREFIX)) response.setHeader('strict-transport-security', STRICT_TRANSPORT_SECURITY);
      if (isAmbiguous(request, path)) return sendRejection(response, { status: 400, headers: { connection: 'close' } });
      sanitizeForwardedHeaders(request);
      setBodyTimeout(request, SERVER_TIMEOUTS_MS.requestTimeout);
      const context = { hasStarted: false, isUnreadable: false, isOutage: false };
      handleUnreadableRequest(response, context);
      if (!isAlwaysServed(request, path)) {
        const body = recordFormBody(request, path);
        const rejection = await getRequestRejection(request, path, limits);
        if (rejection) return sendRejection(response, rejection);
        setPageHeaders(request, response, path);
        handleOutdatedForm(request, response, path, body);
        handleOutage(request, response, path, { context, body });
      }
      getRequestContextStorage().run(context, () => {
        for (const listener of frameworkListeners) listener.call(server, request, response);
      });
    });
  });
}
