import { countCookies } from '@/lib/auth/count-cookies';
import { createSeeOtherResponse } from '@/lib/http/see-other';
import { findPathLocale, routing } from '@/lib/i18n/routing';

/** The pages to which a post with a first cookie redirects. */
const TARGET_PATTERN = /^\/(?:es|en)\/(?:continue(?:\/help)?|onboarding\/[a-z-]{1,20})$/;

/** Checks that a browser sent back its first cookie, and redirects to the target or to the page that asks for cookies. */
export async function GET(request: Request): Promise<Response> {
  const { headers } = request;
  // Next.js follows an action's redirect on the server, without the browser's cookies. 204 makes the browser follow it instead.
  if (headers.has('rsc') || headers.get('sec-fetch-dest') === 'empty') return new Response(null, { status: 204 });
  const target = new URL(request.url).searchParams.get('to') ?? '';
  const locale = findPathLocale(target) ?? routing.defaultLocale;
  if (!TARGET_PATTERN.test(target)) return createSeeOtherResponse(`/${locale}`);
  return createSeeOtherResponse((await countCookies()) > 0 ? target : `/${locale}/cookies`);
}
