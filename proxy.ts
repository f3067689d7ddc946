import createMiddleware from 'next-intl/middleware';
import { routing } from './lib/i18n/routing.ts';

/**
 * Sends whoever comes without a language to the pages in theirs. Everything else that stands before a page is in
 * `lib/server/request-pipeline.ts`: there it costs a tenth, and no way around the framework's door leads around it.
 */
export default createMiddleware(routing);

/** Addresses that say their language, and those that are no pages, do not come here. */
export const config = {
  matcher:
    '/((?!(?:es|en)(?:/|$)|_next/static|favicon.ico|icon.svg|brand/|(?:healthz|readyz|partner|continue|start-over|cookies|csp-report|assist/(?:callback|sign-in|sign-out|lock|next))$).*)',
};
