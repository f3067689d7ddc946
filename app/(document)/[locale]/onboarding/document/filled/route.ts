import { createFillResponse } from '@/app/(document)/[locale]/onboarding/document/create-fill-response';
import { readCustomerDevice } from '@/lib/auth/customer-device';
import { withForm } from '@/lib/http/with-form';
import { toLocale } from '@/lib/i18n/routing';
import { fillCustomerForm } from '@/lib/use-cases/customer/fill-customer-form';

type Context = { params: Promise<{ locale: string }> };

/** Fills the customer's form with the values that their page read from a document. */
export const POST = withForm(async (form, _request, { params }: Context) => {
  const device = await readCustomerDevice();
  const result = await fillCustomerForm(device, form);
  return createFillResponse(toLocale((await params).locale), device, result);
});
