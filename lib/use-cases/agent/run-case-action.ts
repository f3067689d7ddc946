import 'server-only';
import { type AuditDetails, recordAgentAction } from '../../auth/agent-audit.ts';
import type { CaseAccess } from '../../auth/agent-authorization.ts';
import { type CaseAction, isActionPossible } from '../../domain/assist/allowed-case-actions.ts';
import { findCaseJourney, findCaseState } from './case-journey.ts';

/** `impossible`: the state of the case does not allow the action. The agent's page was from before that state. */
export type CaseActionResult<Result> = { kind: 'done'; result: Result } | { kind: 'closed' } | { kind: 'impossible' };

/**
 * Runs an action on an open case if its state allows it, and appends it to the audit.
 *
 * @param auditDetails beside the case
 */
export async function runCaseAction<Result>(
  { session, caseRecord }: CaseAccess,
  action: CaseAction,
  auditDetails: Omit<AuditDetails, 'caseId'>,
  handler: () => Promise<Result>,
): Promise<CaseActionResult<Result>> {
  const journey = await findCaseJourney(caseRecord);
  if (!journey) return { kind: 'closed' };
  const { state } = await findCaseState(journey, caseRecord);
  if (!isActionPossible(action, state)) return { kind: 'impossible' };
  await recordAgentAction(session, action, { caseId: caseRecord.id, ...auditDetails });
  return { kind: 'done', result: await handler() };
}
