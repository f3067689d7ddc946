import { CLEAR_CACHE_HEADERS, createSeeOtherResponse } from '@/lib/http/see-other';
import { withForm } from '@/lib/http/with-form';
import { toLocale } from '@/lib/i18n/routing';
import { clearCustomerSession } from '@/lib/use-cases/agent/clear-customer-session';
import { checkForm } from '@/lib/use-cases/customer/form-check';

/**
 * The device lets go of its customer, and the browser of every page that it was shown, so that Back shows nothing of them. A page
 * of the customer before cannot let go of this one.
 */
export const POST = withForm(async (form) => {
  const locale = toLocale(String(form.get('lang')));
  if ((await checkForm(form)) === 'another') return createSeeOtherResponse(`/${locale}?another`, CLEAR_CACHE_HEADERS);
  await clearCustomerSession();
  return createSeeOtherResponse(`/${locale}`, CLEAR_CACHE_HEADERS);
});
