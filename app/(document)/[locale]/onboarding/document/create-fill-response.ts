import type { CustomerDevice } from '@/lib/auth/customer-device';
import { writeDraftToken } from '@/lib/auth/draft-cookie';
import { toWaitMinutes } from '@/lib/domain/retry-time';
import { createSeeOtherResponse } from '@/lib/http/see-other';
import { getPagePath } from '@/lib/i18n/paths';
import type { Locale } from '@/lib/i18n/routing';
import type { FillCustomerFormResult } from '@/lib/use-cases/customer/fill-customer-form';

/** Leads to the form that a document or a wallet has filled, or to the page that says why it has not. */
export async function createFillResponse(
  locale: Locale,
  device: CustomerDevice,
  result: FillCustomerFormResult | { kind: 'refused' },
): Promise<Response> {
  const documentPath = getPagePath(locale, 'document');
  switch (result.kind) {
    case 'another':
      return createSeeOtherResponse(`/${locale}?another`);
    case 'limited':
      return createSeeOtherResponse(`${documentPath}?wait=${toWaitMinutes(result.retryAfterMs)}`);
    case 'refused':
      return createSeeOtherResponse(`${documentPath}?refused`);
    case 'filled':
      if (result.token !== undefined && result.token !== device.draftToken) await writeDraftToken(result.token);
      return createSeeOtherResponse(getPagePath(locale, 'identity'));
  }
}
