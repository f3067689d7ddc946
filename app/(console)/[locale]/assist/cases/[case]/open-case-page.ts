import 'server-only';
import { redirect } from 'next/navigation';
import { withAgentAuthorization } from '@/lib/auth/agent-authorization';
import type { Action } from '@/lib/domain/assist/permissions';
import type { Locale } from '@/lib/i18n/routing';
import { buildCaseJourneyView, findCaseJourney } from '@/lib/use-cases/agent/case-journey';
import { getNextCustomerPath } from '@/lib/use-cases/agent/console-paths';

type CasePage = {
  locale: Locale;
  caseId: string;
  action: Action;
  /** Fields that the page shows, for the audit. */
  fields: readonly string[];
};

/** Authorizes the agent and loads the open case with its journey. Redirects to the list when the case is closed. */
export const openCasePage = ({ locale, ...request }: CasePage) =>
  withAgentAuthorization({ locale, ...request }, async (access) => {
    const journey = await findCaseJourney(access.caseRecord);
    if (!journey) redirect(getNextCustomerPath(locale));
    return { ...access, journey: buildCaseJourneyView(journey, access, locale) };
  });
