import { createSeeOtherResponse } from '@/lib/http/see-other';
import { findPathLocale, routing } from '@/lib/i18n/routing';
import { countCookies } from '@/lib/use-cases/customer/form-check';

/** The pages that a first cookie leads to. */
const TARGET_PATTERN = /^\/(?:es|en)\/(?:continue|onboarding\/[a-z-]{1,20})$/;

/** Looks whether a browser that was just given its first cookie brought it along, and leads on or says that it keeps none. */
export async function GET(request: Request): Promise<Response> {
  // The framework follows an action's redirect by itself, with the cookie that the browser has yet to prove. Without a page in
  // the answer it lets the browser follow.
  const { headers } = request;
  if (headers.has('rsc') || headers.get('sec-fetch-dest') === 'empty') return new Response(null, { status: 204 });
  const target = new URL(request.url).searchParams.get('to') ?? '';
  const locale = findPathLocale(target) ?? routing.defaultLocale;
  const isTarget = TARGET_PATTERN.test(target);
  if (isTarget && (await countCookies()) > 0) return createSeeOtherResponse(target);
  return createSeeOtherResponse(isTarget ? `/${locale}/cookies` : `/${locale}`);
}
