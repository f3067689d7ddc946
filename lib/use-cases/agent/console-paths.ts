import type { StepId } from '../../domain/steps/index.ts';
import type { Locale } from '../../i18n/routing.ts';

export const getCasePath = (locale: Locale, caseId: string, page: StepId | 'review' | 'hand-over' | 'history') =>
  `/${locale}/assist/cases/${caseId}/${page}`;

/** The path that leaves a closed case for the list, and has the browser drop the customer's pages from its cache. */
export const getNextCustomerPath = (locale: Locale) => `/assist/next?lang=${locale}`;

/** Returns the path after an action on a case, also when its state did not allow the action. */
export const getPathAfterAction = (locale: Locale, caseId: string, { kind }: { kind: string }) =>
  kind === 'closed' ? getNextCustomerPath(locale) : getCasePath(locale, caseId, 'hand-over');
