import { readCustomerDevice } from '@/lib/auth/customer-device';
import { deleteDraftToken } from '@/lib/auth/draft-cookie';
import { handoverCookie, helpCookie } from '@/lib/auth/short-cookies';
import { CLEAR_CACHE_HEADERS, createSeeOtherResponse } from '@/lib/http/see-other';
import { withForm } from '@/lib/http/with-form';
import { toLocale } from '@/lib/i18n/routing';
import { clearCustomerSession } from '@/lib/use-cases/customer/clear-customer-session';
import { findStamp } from '@/lib/use-cases/customer/form-check';

/** Separates the device from its customer. The browser clears its cache, so that Back shows no page of theirs. */
export const POST = withForm(async (form) => {
  const locale = toLocale(String(form.get('lang')));
  const result = await clearCustomerSession(await readCustomerDevice(), await helpCookie.read(), findStamp(form));
  if (result.kind === 'another') return createSeeOtherResponse(`/${locale}?another`, CLEAR_CACHE_HEADERS);
  await deleteDraftToken();
  await handoverCookie.remove();
  await helpCookie.remove();
  return createSeeOtherResponse(`/${locale}`, CLEAR_CACHE_HEADERS);
});
