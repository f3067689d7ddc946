import { countCookies } from '@/lib/auth/count-cookies';
import { readCustomerDevice } from '@/lib/auth/customer-device';
import { checkCookie } from '@/lib/auth/short-cookies';
import { getEnv } from '@/lib/config/env';
import { isSameOrigin } from '@/lib/http/request-validation';
import { createSeeOtherResponse } from '@/lib/http/see-other';
import { findLocale, getPreferredLocale } from '@/lib/i18n/routing';
import { readLinkForm } from '@/lib/partner-link/read-link-form';
import { renderTokenRelayPage } from '@/lib/partner-link/token-relay-page';
import { findStamp } from '@/lib/use-cases/customer/form-check';
import { openPartnerLink } from '@/lib/use-cases/customer/open-partner-link';
import { createArrivalResponse, readConfirmation } from '../create-arrival-response';

/** The query of a post that the browser repeats with a cookie. */
const CHECKED_PARAM = 'checked';

const readParams = (request: Request) => new URL(request.url).searchParams;
const findRequestedLocale = (request: Request) => findLocale(readParams(request).get('lang') ?? undefined);

export function GET(request: Request): Response {
  return renderTokenRelayPage(request, { target: '/partner', token: '', lang: findRequestedLocale(request) });
}

/** Takes a partner's link. Any site may post here: a cross-site post only gets the page that posts it again from our origin. */
export async function POST(request: Request): Promise<Response> {
  const form = await readLinkForm(request);
  const token = String(form.get('token') ?? '');
  if (!isSameOrigin(request, getEnv().APP_ORIGIN))
    return renderTokenRelayPage(request, { target: '/partner', token, lang: findRequestedLocale(request) });
  // A link works once, so a browser that keeps no cookies must not use it up.
  if (findStamp(form) && (await countCookies()) === 0) return requestCookie(request);
  if ((await checkCookie.read()) !== undefined) await checkCookie.remove();
  return startJourney(request, token, form);
}

/** Has the browser repeat the post with a cookie, once (307 keeps method and body; RFC 9110, section 15.4.8). */
async function requestCookie(request: Request): Promise<Response> {
  const params = readParams(request);
  const locale = findRequestedLocale(request) ?? getPreferredLocale(request.headers.get('accept-language'));
  if (params.has(CHECKED_PARAM)) return createSeeOtherResponse(`/${locale}/cookies`);
  await checkCookie.write('1');
  params.set(CHECKED_PARAM, '');
  return new Response(null, { status: 307, headers: { location: `/partner?${params}` } });
}

async function startJourney(request: Request, token: string, form: FormData): Promise<Response> {
  const { draftToken } = await readCustomerDevice();
  const result = await openPartnerLink(token, draftToken, readConfirmation(form));
  const locale =
    findRequestedLocale(request) ?? result.lang ?? getPreferredLocale(request.headers.get('accept-language'));
  return createArrivalResponse(request, result, { locale, target: '/partner', token, draftToken });
}
