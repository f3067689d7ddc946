import { randomBytes } from 'node:crypto';
import { NextRequest, NextResponse } from 'next/server';
import createMiddleware from 'next-intl/middleware';
import { env } from './lib/config/env.ts';
import { LOCALE_HEADER, localeOfPath, routing } from './lib/i18n/routing.ts';
import { busyPage } from './lib/lifecycle/busy-page.ts';
import { log } from './lib/observability/logger.ts';
import { isFlooded } from './lib/security/flood.ts';
import { pageHeaders } from './lib/security/page-headers.ts';
import { refuseRequest } from './lib/security/request-gate.ts';

const withLanguage = createMiddleware(routing);

/** Addresses that are not pages of one language. */
const WITHOUT_LANGUAGE = /^\/(partner|continue|csp-report|assist\/(callback|sign-in|sign-out|lock|next))$/;

/** Every page passes here: the gate, the flood, the language, and the policy with a nonce of its own. */
export default async function proxy(request: NextRequest): Promise<NextResponse> {
  const { APP_ORIGIN } = env();
  const { method, nextUrl } = request;
  const { pathname } = nextUrl;
  const refusal = refuseRequest({ method, headers: request.headers, pathname }, APP_ORIGIN);
  if (refusal) {
    log({ event: 'request.refused', status: refusal });
    return new NextResponse(null, { status: refusal });
  }
  const address = request.headers.get('x-forwarded-for') ?? 'unknown';
  if (method === 'POST' && (await isFlooded(address))) {
    const { html, ...init } = busyPage(pathname, 429);
    return new NextResponse(html, init);
  }

  const nonce = randomBytes(16).toString('base64');
  const said = pageHeaders(pathname, nonce);
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', said['content-security-policy'] ?? ''); // where the framework takes the nonce from
  // What says its language goes on as it is: the library would take the whole request apart for that.
  const locale = localeOfPath(pathname);
  if (locale) headers.set(LOCALE_HEADER, locale);
  const response =
    locale || WITHOUT_LANGUAGE.test(pathname)
      ? NextResponse.next({ request: { headers } })
      : withLanguage(new NextRequest(request, { headers }));
  for (const [name, value] of Object.entries(said)) response.headers.set(name, value);
  return response;
}

export const config = { matcher: '/((?!_next/static|favicon.ico|icon.svg|brand/|healthz$|readyz$).*)' };
