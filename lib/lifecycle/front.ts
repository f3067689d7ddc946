import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { log } from '../observability/logger.ts';
import { busyPage } from './busy-page.ts';
import { isOverloaded, type OverloadLimits } from './overload.ts';

/** What a server answers even then: files that cost nothing, and whoever asks how it is. */
const ALWAYS = /^\/(_next\/static\/|favicon\.ico|icon\.svg|brand\/|healthz$|readyz$|metrics$)/;

/** A line for each of them would be one more thing to do. */
const TELL_EVERY_MS = 1_000;

/** What Node's parser lets through and HTTP/1.1 does not: two hosts, or a version without any (RFC 9112, section 3.2). */
function isAmbiguous({ httpVersionMajor, rawHeaders }: IncomingMessage): boolean {
  const hosts = rawHeaders.filter((name, at) => at % 2 === 0 && name.toLowerCase() === 'host');
  return httpVersionMajor < 1 || hosts.length > 1;
}

/**
 * Says no before the framework is asked: to what can be read in two ways, and when there is too much to do. Through the
 * framework a no costs a fifth of a submission, and at three times the load those who are turned away would take the time of
 * those who are served.
 */
export function standBeforeTheFramework(limits: OverloadLimits): void {
  let turnedAway = 0;
  const tell = () => {
    turnedAway += 1;
    if (turnedAway > 1) return;
    setTimeout(() => {
      log({ event: 'server.shedding', requests: turnedAway });
      turnedAway = 0;
    }, TELL_EVERY_MS).unref();
  };
  const known = new WeakSet<Server>();
  subscribe('http.server.request.start', (message) => {
    const { server } = message as { server: Server };
    if (known.has(server)) return;
    known.add(server);
    // The event comes right before the listeners: the first request passes here, too.
    const serve = server.listeners('request') as RequestListener[];
    server.removeAllListeners('request');
    server.on('request', (request, response) => {
      if (isAmbiguous(request)) {
        response.writeHead(400, { connection: 'close' }).end();
        return;
      }
      const [path = '/'] = (request.url ?? '/').split('?', 1);
      if (ALWAYS.test(path) || !isOverloaded(limits)) {
        for (const listener of serve) listener.call(server, request, response);
        return;
      }
      const { status, headers, html } = busyPage(path, 503);
      tell();
      response.writeHead(status, { ...headers, 'x-content-type-options': 'nosniff' }).end(html);
    });
  });
}
