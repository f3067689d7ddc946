import { HelperBar } from '@/components/layout/agent-session-bar';
import { handedCase } from '@/lib/auth/draft-cookie';
import { brand } from '@/lib/config/brand/brand';
import { writeStamp } from '@/lib/domain/form-stamp';
import type { Locale } from '@/lib/i18n/routing';
import { markToken } from '@/lib/use-cases/customer/form-check';
import { goOnAlone } from './actions';

/** The bar over a journey that an agent has handed over. */
export async function helperOf(locale: Locale) {
  const handed = await handedCase();
  const stamp = handed ? writeStamp(markToken(handed.customer.token)) : '';
  return handed ? (
    <HelperBar locale={locale} brandName={brand().name} alone={goOnAlone.bind(null, locale)} stamp={stamp} />
  ) : null;
}
