import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http';
import { freshBytes } from '../crypto/random.ts';
import { type RequestContext, requestContexts } from '../http/request-context.ts';
import { LOCALE_HEADER, localeOfPath } from '../i18n/routing.ts';
import { trustOnlyOurs } from './forwarded-headers.ts';
import type { OverloadLimits } from './load-shedding.ts';
import { answerOldForm } from './old-form.ts';
import { answerOutage, keepForm } from './outage.ts';
import { pageHeaders } from './page-headers.ts';
import { isAmbiguous, type Refusal, refusalOf } from './request-rejection.ts';
import { endSlowBody } from './slow-body.ts';
import { isStaticFile, STATIC_PREFIX } from './static-files.ts';

/** What a server answers always and to everybody: it costs next to nothing, or asks how the server is. */
const ALWAYS = new Set(['/icon.svg', '/brand/logo', '/brand/theme.css', '/healthz', '/readyz']);

const isServedAlways = ({ method }: IncomingMessage, path: string): boolean =>
  (method === 'GET' || method === 'HEAD') && (ALWAYS.has(path) || isStaticFile(path));

/** RFC 6797. On the dozen files of a page it would weigh as much as a small script. */
const STRICT_TRANSPORT = 'max-age=63072000; includeSubDomains';
/** The policy of what is no page. */
const NO_CONTENT = "default-src 'none'; frame-ancestors 'none'";

/**
 * Milliseconds. A request's headers, and all of it, must have come in time: 64 kB take a slow phone ten seconds. An idle
 * connection stays longer than a proxy keeps it (Caddy, two minutes): whoever lets go last cannot let go of a connection on
 * which a request is just coming (RFC 9112, section 9.5), and a post that meets a closed one must not be sent again.
 */
const TIME_OUTS = { headersTimeout: 15_000, requestTimeout: 30_000, keepAliveTimeout: 150_000 };

/** The path that a request asks for, whether it names a host as well or not (RFC 9112, section 3.2.2). */
const pathOf = ({ url = '/' }: IncomingMessage) => url.replace(/^https?:\/\/[^/?]*/i, '').split('?', 1)[0] || '/';

/** Tells the framework the page's language and nonce, and the browser what it may do with the page. */
function dress({ headers }: IncomingMessage, response: ServerResponse, path: string): void {
  const said = pageHeaders(path, freshBytes(16).toString('base64'));
  response.setHeaders(new Map(Object.entries(said)));
  headers['content-security-policy'] = said['content-security-policy']; // where the framework takes the nonce from
  headers[LOCALE_HEADER] = localeOfPath(path);
}

/** The framework answers 500 to what it cannot read: the status says then whose fault it is (RFC 9110, section 15.5.1). */
function answerUnreadable(response: ServerResponse, context: RequestContext): void {
  const writeHead = response.writeHead.bind(response) as (status: number, ...rest: unknown[]) => ServerResponse;
  response.writeHead = (status: number, ...rest: unknown[]) =>
    writeHead(status === 500 && context.isUnreadable ? 400 : status, ...rest);
}

function answer(response: ServerResponse, { status, headers, html }: Refusal): void {
  response.writeHead(status, { 'content-security-policy': NO_CONTENT, ...headers }).end(html);
}

/**
 * The door that every request comes through before the framework is asked. It says no where it must, and dresses what goes
 * in. Through the framework's own door a no costs a fifth of a submission, and a yes a sixth.
 */
export function standBeforeTheFramework(limits: OverloadLimits): void {
  const known = new WeakSet<Server>();
  subscribe('http.server.request.start', (message) => {
    const { server } = message as { server: Server };
    // The framework listens for its development server's sockets and leaves any other hanging. Without a listener such a
    // request comes here like any other, and the gate refuses it.
    server.removeAllListeners('upgrade');
    if (known.has(server)) return;
    known.add(server);
    Object.assign(server, TIME_OUTS);
    // The event comes right before the listeners: the first request passes here, too.
    const serve = server.listeners('request') as RequestListener[];
    server.removeAllListeners('request');
    server.on('request', async (request, response) => {
      const path = pathOf(request);
      response.setHeader('x-content-type-options', 'nosniff');
      if (!path.startsWith(STATIC_PREFIX)) response.setHeader('strict-transport-security', STRICT_TRANSPORT);
      if (isAmbiguous(request, path)) return answer(response, { status: 400, headers: { connection: 'close' } });
      trustOnlyOurs(request);
      endSlowBody(request, TIME_OUTS.requestTimeout);
      const context = { hasStarted: false, isUnreadable: false, isOutage: false };
      answerUnreadable(response, context);
      if (!isServedAlways(request, path)) {
        const body = keepForm(request, path);
        const refusal = await refusalOf(request, path, limits);
        if (refusal) return answer(response, refusal);
        dress(request, response, path);
        answerOldForm(request, response, path, body);
        answerOutage(request, response, path, { context, body });
      }
      requestContexts().run(context, () => {
        for (const listener of serve) listener.call(server, request, response);
      });
    });
  });
}
