import { toWaitMinutes } from '../../domain/retry-time.ts';
import type { StepId } from '../../domain/steps/index.ts';
import type { Locale } from '../../i18n/routing.ts';
import type { OpenedCustomer } from './open-customer.ts';

export const getCasePath = (
  locale: Locale,
  caseId: string,
  page: StepId | 'review' | 'document' | 'hand-over' | 'history',
) => `/${locale}/assist/cases/${caseId}/${page}`;

/** The path that leaves a case, open or closed, for the list, and has the browser drop the customer's pages from its cache. */
export const getNextCustomerPath = (locale: Locale) => `/assist/next?lang=${locale}`;

/** Returns the path after an action on a case, also when its state did not allow the action. */
export const getPathAfterAction = (locale: Locale, caseId: string, { kind }: { kind: string }) =>
  kind === 'closed' ? getNextCustomerPath(locale) : getCasePath(locale, caseId, 'hand-over');

/** Returns the path after an agent looked for a customer: the case, the customer who has to accept, or the list with a time to wait. */
export function getOpenedPath(locale: Locale, opened: OpenedCustomer): string {
  switch (opened.kind) {
    case 'case':
      return `/${locale}/assist/cases/${opened.caseId}`;
    case 'claimed':
      return `/${locale}/assist/take-over/${opened.requestId}`;
    case 'limited':
      return `/${locale}/assist?wait=${toWaitMinutes(opened.retryAfterMs)}`;
  }
}
