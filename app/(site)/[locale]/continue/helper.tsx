import { HelperBar } from '@/components/layout/helper-bar';
import { brand } from '@/lib/config/brand/brand';
import { writeStamp } from '@/lib/domain/form-stamp';
import type { Locale } from '@/lib/i18n/routing';
import { handedCase } from '@/lib/session/draft-cookie';
import { markToken } from '@/lib/session/form-check';
import { goOnAlone } from './actions';

/** The bar over a journey that an agent has handed over. */
export async function helperOf(locale: Locale) {
  const handed = await handedCase();
  const stamp = handed ? writeStamp(markToken(handed.customer.token)) : '';
  return handed ? (
    <HelperBar locale={locale} brandName={brand().name} alone={goOnAlone.bind(null, locale)} stamp={stamp} />
  ) : null;
}
