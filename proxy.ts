import { randomBytes } from 'node:crypto';
import { NextRequest, NextResponse } from 'next/server';
import createMiddleware from 'next-intl/middleware';
import { env } from './lib/config/env.ts';
import { routing } from './lib/i18n/routing.ts';
import { busyPage } from './lib/lifecycle/busy-page.ts';
import { isOverloaded } from './lib/lifecycle/overload.ts';
import { policyFor } from './lib/security/page-policy.ts';
import { refuseRequest } from './lib/security/request-gate.ts';

const withLanguage = createMiddleware(routing);

/** Addresses that are not pages of one language. */
const WITHOUT_LANGUAGE = /^\/(partner|continue|assist\/(callback|sign-in|sign-out|lock|next))$/;

/** Every page passes here: the gate, the load, the language, and the policy with a nonce of its own. */
export default function proxy(request: NextRequest): NextResponse {
  const { APP_ORIGIN, SHED_REQUESTS, SHED_DELAY_MS } = env();
  const { method, nextUrl } = request;
  const { pathname } = nextUrl;
  const refusal = refuseRequest({ method, headers: request.headers, pathname }, APP_ORIGIN);
  if (refusal) return new NextResponse(null, { status: refusal });
  if (isOverloaded({ requests: SHED_REQUESTS, delay: SHED_DELAY_MS })) return busyPage(pathname);

  const policy = policyFor(pathname, randomBytes(16).toString('base64'));
  const headers = new Headers(request.headers);
  headers.set('content-security-policy', policy); // where the framework takes the nonce from
  const response = WITHOUT_LANGUAGE.test(pathname)
    ? NextResponse.next({ request: { headers } })
    : withLanguage(new NextRequest(request, { headers }));
  response.headers.set('content-security-policy', policy);
  response.headers.set('cache-control', 'private, no-store');
  return response;
}

export const config = { matcher: '/((?!_next/static|favicon.ico|icon.svg|brand/|healthz$|readyz$).*)' };
