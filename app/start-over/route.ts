import { withForm } from '@/lib/http/read-form';
import { FORGET, seeOther } from '@/lib/http/see-other';
import { localeOf } from '@/lib/i18n/routing';
import { forgetCustomer } from '@/lib/use-cases/agent/forget-customer';
import { checkForm } from '@/lib/use-cases/customer/form-check';

/**
 * The device lets go of its customer, and the browser of every page that it was shown, so that Back shows nothing of them. A page
 * of the customer before cannot let go of this one.
 */
export const POST = withForm(async (form) => {
  const locale = localeOf(String(form.get('lang')));
  if ((await checkForm(form)) === 'another') return seeOther(`/${locale}?another`, FORGET);
  await forgetCustomer();
  return seeOther(`/${locale}`, FORGET);
});
