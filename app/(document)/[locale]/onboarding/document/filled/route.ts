import { readCustomerDevice } from '@/lib/auth/customer-device';
import { writeDraftToken } from '@/lib/auth/draft-cookie';
import { toWaitMinutes } from '@/lib/domain/retry-time';
import { createSeeOtherResponse } from '@/lib/http/see-other';
import { withForm } from '@/lib/http/with-form';
import { getPagePath } from '@/lib/i18n/paths';
import { toLocale } from '@/lib/i18n/routing';
import { fillCustomerForm } from '@/lib/use-cases/customer/fill-customer-form';

type Context = { params: Promise<{ locale: string }> };

/** Fills the customer's form with the values that their page read from a document. */
export const POST = withForm(async (form, _request, { params }: Context) => {
  const locale = toLocale((await params).locale);
  const device = await readCustomerDevice();
  const result = await fillCustomerForm(device, form);
  switch (result.kind) {
    case 'another':
      return createSeeOtherResponse(`/${locale}?another`);
    case 'limited':
      return createSeeOtherResponse(`${getPagePath(locale, 'document')}?wait=${toWaitMinutes(result.retryAfterMs)}`);
    case 'filled':
      if (result.token !== undefined && result.token !== device.draftToken) await writeDraftToken(result.token);
      return createSeeOtherResponse(getPagePath(locale, 'identity'));
  }
});
