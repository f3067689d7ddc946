import { createFillResponse } from '@/app/(document)/[locale]/onboarding/document/create-fill-response';
import { readCustomerDevice } from '@/lib/auth/customer-device';
import { walletCookie } from '@/lib/auth/short-cookies';
import { withForm } from '@/lib/http/with-form';
import { toLocale } from '@/lib/i18n/routing';
import { fillFromWallet } from '@/lib/use-cases/customer/wallet-document';

type Context = { params: Promise<{ locale: string }> };

/** Verifies the document that the customer's wallet presented, and fills the form with it. */
export const POST = withForm(async (form, _request, { params }: Context) => {
  const device = await readCustomerDevice();
  const result = await fillFromWallet(device, await walletCookie.read(), form);
  await walletCookie.remove();
  return createFillResponse(toLocale((await params).locale), device, result);
});
