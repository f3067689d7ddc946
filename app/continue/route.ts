import { hasConsole } from '@/lib/auth/identity-provider';
import { brand } from '@/lib/config/brand/brand';
import { NONE, writeStamp } from '@/lib/domain/form-stamp';
import { withForm } from '@/lib/http/read-form';
import { seeOther } from '@/lib/http/see-other';
import { preferredLocale } from '@/lib/i18n/routing';
import { carrierPage } from '@/lib/partner-link/carrier-page';
import { store } from '@/lib/store/store';
import { joinHandover } from '@/lib/use-cases/customer/accept-handover';
import { countCookies, getPathAfterCookie } from '@/lib/use-cases/customer/form-check';

/** Where the customer's device arrives by an agent's code or message. The token is in the fragment. */
export function GET(request: Request): Response {
  if (!hasConsole()) return new Response(null, { status: 404 });
  const locale = preferredLocale(request.headers.get('accept-language'));
  const policy = request.headers.get('content-security-policy');
  return carrierPage({
    locale,
    action: '/continue',
    token: '',
    stamp: writeStamp(NONE),
    brandName: brand().name,
    policy,
  });
}

export const POST = withForm(async (form, request) => {
  const token = form.get('token');
  const cookiesBefore = await countCookies();
  const { handovers, cases } = await store();
  const found = typeof token === 'string' && token !== '' ? await handovers.find(token) : undefined;
  const handed = found && (await cases.byId(found.caseId));
  if (!found || !handed || !(await joinHandover(found))) {
    return seeOther(`/${preferredLocale(request.headers.get('accept-language'))}/continue?problem=gone`);
  }
  return seeOther(getPathAfterCookie(form, `/${handed.customer.lang}/continue`, cookiesBefore));
});
