import 'server-only';
import { recordAgentAction, recordDeniedAccess } from '../../auth/agent-authorization.ts';
import { getJourneyContext } from '../../config/journey-context.ts';
import { getOwnership, hasPermission } from '../../domain/assist/permissions.ts';
import { getFieldText, readForm, readShownErrors } from '../../domain/form-input.ts';
import { buildIdMark, OTHER_PERSON_MARK } from '../../domain/form-stamp.ts';
import { getStep, type StepId } from '../../domain/steps/index.ts';
import { removeTooLongTexts } from '../../domain/steps/step.ts';
import type { AgentSession } from '../../store/agent-sessions.ts';
import { getStore } from '../../store/store.ts';
import { findStamp } from '../customer/form-check.ts';
import { countNothing, savePartialStep } from '../customer/save-partial-step.ts';

/**
 * Keeps a half-typed form of a case whose page goes away, as its page does when the language is changed. A text that is too long
 * cannot be corrected there any more: the others are kept.
 */
export async function savePartialCaseStep(
  session: AgentSession,
  id: string,
  step: StepId,
  form: FormData,
): Promise<void> {
  const { cases, drafts, ledger } = await getStore();
  const caseRecord = await cases.find(id, session.shop);
  const isAllowed =
    caseRecord !== undefined && hasPermission(session.role, 'case.fill', getOwnership(session, caseRecord));
  if (!isAllowed) return recordDeniedAccess(session, 'case.fill', id);
  // A card is the customer's own to fill in.
  if (!caseRecord.isOpen || step === 'card') return undefined;
  const { fields } = getStep(step);
  const input = removeTooLongTexts(getStep(step), readForm(form, fields));
  const errors = readShownErrors(form, fields);
  const tools = { drafts, ledger, countDraft: countNothing, context: getJourneyContext(new Date()) };
  const stamp = findStamp(form);
  const seenMark = stamp && (stamp.subject === buildIdMark(session.id) ? stamp.seen : OTHER_PERSON_MARK);
  const result = await savePartialStep(tools, {
    token: caseRecord.customer.token,
    stepId: step,
    input,
    errors,
    seen: seenMark,
  });
  const isSaved = result.kind === 'kept' && result.token !== undefined;
  const filledFields = fields.filter((field) => getFieldText(input, field) !== '');
  if (isSaved) await recordAgentAction(session, 'case.fill', { caseId: id, fields: filledFields, source: 'agent' });
}
