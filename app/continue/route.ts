import { countCookies } from '@/lib/auth/count-cookies';
import { hasConsole } from '@/lib/auth/identity-provider';
import { handoverCookie } from '@/lib/auth/short-cookies';
import { createSeeOtherResponse } from '@/lib/http/see-other';
import { withForm } from '@/lib/http/with-form';
import { getPreferredLocale } from '@/lib/i18n/routing';
import { renderTokenRelayPage } from '@/lib/partner-link/token-relay-page';
import { findStamp, getPathAfterCookie } from '@/lib/use-cases/customer/form-check';
import { joinHandoverByLink } from '@/lib/use-cases/customer/join-handover';

/** The address in an agent's QR code or message. The token is in the fragment. */
export function GET(request: Request): Response {
  if (!hasConsole()) return new Response(null, { status: 404 });
  return renderTokenRelayPage(request, { target: '/continue', token: '' });
}

/** Adds the device to the hand-over of the posted token. */
export const POST = withForm(async (form, request) => {
  const cookiesBefore = await countCookies();
  const token = form.get('token');
  const locale = getPreferredLocale(request.headers.get('accept-language'));
  // The customer typed the address and pressed the button of a page without script: nothing has failed yet.
  if (typeof token !== 'string' || token === '') return createSeeOtherResponse(`/${locale}/continue`);
  const result = await joinHandoverByLink(token, await handoverCookie.read());
  if (result.kind === 'gone') return createSeeOtherResponse(`/${locale}/continue?problem=gone`);
  if (result.token !== undefined) await handoverCookie.write(result.token);
  return createSeeOtherResponse(getPathAfterCookie(findStamp(form), `/${result.lang}/continue`, cookiesBefore));
});
