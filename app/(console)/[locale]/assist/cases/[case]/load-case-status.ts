import 'server-only';
import { type CaseAction, isActionPossible } from '@/lib/domain/assist/allowed-case-actions';
import { type Action, getOwnership, hasPermission } from '@/lib/domain/assist/permissions';
import type { Locale } from '@/lib/i18n/routing';
import { getCaseProgress } from '@/lib/use-cases/agent/case-journey';
import type { openCasePage } from './open-case-page';

export type CaseStatusView = Awaited<ReturnType<typeof loadCaseStatus>>;

/**
 * Loads the state of an open case. `isAllowed` tells whether the agent's role permits an action; `isAvailable` also whether the state of
 * the case does.
 */
export async function loadCaseStatus(access: Awaited<ReturnType<typeof openCasePage>>, locale: Locale) {
  const { session, caseRecord, journey } = access;
  const progress = await getCaseProgress(journey, caseRecord);
  const ownership = getOwnership(session, caseRecord);
  const isAllowed = (action: Action) => hasPermission(session.role, action, ownership);
  const isAvailable = (action: CaseAction) => isAllowed(action) && isActionPossible(action, progress.state);
  return { locale, access, progress, isAllowed, isAvailable };
}
