import createMiddleware from 'next-intl/middleware';
import { routing } from './lib/i18n/routing.ts';

/**
 * Redirects an address without a language to the browser's language. All other checks are in
 * `lib/server/request-pipeline.ts`: there they cost a tenth, and a bypass of Next.js's proxy does not bypass them.
 */
export default createMiddleware(routing);

/** Addresses with a language and addresses that are no pages are not matched. */
export const config = {
  matcher:
    '/((?!(?:es|en)(?:/|$)|_next/static|favicon.ico|icon.svg|embed/v1.(?:js|d.ts)$|brand/|postal-codes/|api/|(?:healthz|readyz|partner|resume|continue|start-over|leave-frame|cookies|csp-report|assist/(?:callback|sign-in|sign-out|lock|next))$).*)',
};
