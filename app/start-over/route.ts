import { forgetCustomer } from '@/lib/assist/forget-customer';
import { localeOf } from '@/lib/i18n/routing';
import { withForm } from '@/lib/security/read-form';
import { FORGET, seeOther } from '@/lib/security/see-other';

/** The device lets go of its customer, and the browser of every page that it was shown, so that Back shows nothing of them. */
export const POST = withForm(async (form) => {
  await forgetCustomer();
  return seeOther(`/${localeOf(String(form.get('lang')))}`, FORGET);
});
