import { AgentSessionBar } from '@/components/layout/agent-session-bar';
import { getCaseForDevice } from '@/lib/auth/draft-cookie';
import { getBrand } from '@/lib/config/brand/brand';
import { writeStamp } from '@/lib/domain/form-stamp';
import type { Locale } from '@/lib/i18n/routing';
import { createTokenMark } from '@/lib/use-cases/customer/form-check';
import { continueAlone } from './actions';

/** Renders the bar above a journey that an agent has handed over. */
export async function renderAgentSessionBar(locale: Locale) {
  const deviceCase = await getCaseForDevice();
  const stamp = deviceCase ? writeStamp(createTokenMark(deviceCase.customer.token)) : '';
  return deviceCase ? (
    <AgentSessionBar
      locale={locale}
      brandName={getBrand().name}
      continueAlone={continueAlone.bind(null, locale)}
      stamp={stamp}
    />
  ) : null;
}
