import { hasConsole } from '@/lib/auth/identity-provider';
import { getBrand } from '@/lib/config/brand/brand';
import { NO_MARK, writeStamp } from '@/lib/domain/form-stamp';
import { createSeeOtherResponse } from '@/lib/http/see-other';
import { withForm } from '@/lib/http/with-form';
import { getPreferredLocale } from '@/lib/i18n/routing';
import { renderTokenRelayPage } from '@/lib/partner-link/token-relay-page';
import { getStore } from '@/lib/store/store';
import { addDeviceToHandover } from '@/lib/use-cases/customer/add-device-to-handover';
import { countCookies, getPathAfterCookie } from '@/lib/use-cases/customer/form-check';

/** Where the customer's device arrives by an agent's code or message. The token is in the fragment. */
export function GET(request: Request): Response {
  if (!hasConsole()) return new Response(null, { status: 404 });
  const locale = getPreferredLocale(request.headers.get('accept-language'));
  const policy = request.headers.get('content-security-policy');
  return renderTokenRelayPage({
    locale,
    action: '/continue',
    token: '',
    stamp: writeStamp(NO_MARK),
    brandName: getBrand().name,
    policy,
  });
}

export const POST = withForm(async (form, request) => {
  const token = form.get('token');
  const cookiesBefore = await countCookies();
  const { handovers, cases } = await getStore();
  const handover = typeof token === 'string' && token !== '' ? await handovers.find(token) : undefined;
  const deviceCase = handover && (await cases.findById(handover.caseId));
  if (!handover || !deviceCase || !(await addDeviceToHandover(handover))) {
    return createSeeOtherResponse(
      `/${getPreferredLocale(request.headers.get('accept-language'))}/continue?problem=gone`,
    );
  }
  return createSeeOtherResponse(getPathAfterCookie(form, `/${deviceCase.customer.lang}/continue`, cookiesBefore));
});
