import { localeOfPath, routing } from '@/lib/i18n/routing';
import { seeOther } from '@/lib/security/see-other';
import { countCookies } from '@/lib/session/form-check';

/** The pages that a first cookie leads to. */
const TARGET = /^\/(?:es|en)\/(?:continue|onboarding\/[a-z-]{1,20})$/;

/** Looks whether a browser that was just given its first cookie brought it along, and leads on or says that it keeps none. */
export async function GET(request: Request): Promise<Response> {
  const to = new URL(request.url).searchParams.get('to') ?? '';
  const locale = localeOfPath(to) ?? routing.defaultLocale;
  const isTarget = TARGET.test(to);
  if (isTarget && (await countCookies()) > 0) return seeOther(to);
  return seeOther(isTarget ? `/${locale}/cookies` : `/${locale}`);
}
