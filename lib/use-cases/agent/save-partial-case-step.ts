import 'server-only';
import { recordAgentAction, recordDeniedAccess } from '../../auth/agent-audit.ts';
import { checkPermission } from '../../auth/agent-authorization.ts';
import type { AgentSession } from '../../store/agent-sessions.ts';
import { getCaseFormSubject } from '../customer/form-subject.ts';
import { listFilledFields, type PostedStep } from '../customer/posted-step.ts';
import { savePartialFormOfClosedPage } from '../customer/save-partial-form.ts';

/**
 * Saves a half-filled form of a case whose page is gone: after a change of language, a release, or the lock of the session. A denied
 * or closed case is not an error, because no page reads the answer. The card is for the customer alone to fill in.
 */
export async function savePartialCaseStep(session: AgentSession, caseId: string, form: PostedStep): Promise<void> {
  const { caseRecord } = await checkPermission(session, 'case.fill', caseId);
  if (!caseRecord) return recordDeniedAccess(session, 'case.fill', caseId);
  if (!caseRecord.isOpen || form.stepId === 'card') return undefined;
  const result = await savePartialFormOfClosedPage(getCaseFormSubject({ session, caseRecord }, form), form);
  if (result.kind !== 'saved') return undefined;
  const fields = listFilledFields({ stepId: form.stepId, input: result.input });
  await recordAgentAction(session, 'case.fill', { caseId, fields, source: 'agent' });
}
