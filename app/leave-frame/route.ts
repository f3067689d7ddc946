import { readCustomerDevice } from '@/lib/auth/customer-device';
import { withForm } from '@/lib/http/with-form';
import { toLocale } from '@/lib/i18n/routing';
import { leaveFrame } from '@/lib/use-cases/customer/leave-frame';
import { createArrivalResponse, readConfirmation } from '../create-arrival-response';

/** Takes the journey of a partner's frame into the whole window. The frame's last page posts here, with the target `_top`. */
export const POST = withForm(async (form, request) => {
  const locale = toLocale(new URL(request.url).searchParams.get('lang') ?? '');
  const token = String(form.get('token') ?? '');
  const { draftToken } = await readCustomerDevice();
  const result = await leaveFrame(token, draftToken, readConfirmation(form));
  return createArrivalResponse(request, result, { locale, target: '/leave-frame', token, draftToken });
});
