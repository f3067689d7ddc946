import 'server-only';
import { record, recordRefusal } from '../../auth/current-agent.ts';
import { journeyContext } from '../../config/journey-context.ts';
import { mayDo, ownershipOf } from '../../domain/assist/permissions.ts';
import { fieldText, readForm, readShownErrors } from '../../domain/form-input.ts';
import { FOR_ANOTHER, markId } from '../../domain/form-stamp.ts';
import { type StepId, stepOf } from '../../domain/steps/index.ts';
import { withoutTooLong } from '../../domain/steps/step.ts';
import type { AgentSession } from '../../store/agent-sessions.ts';
import { store } from '../../store/store.ts';
import { findStamp } from '../customer/form-check.ts';
import { keepTyped, notCounted } from '../customer/save-partial-step.ts';

/**
 * Keeps a half-typed form of a case whose page goes away, as its page does when the language is changed. A text that is too long
 * cannot be corrected there any more: the others are kept.
 */
export async function keepCaseForm(session: AgentSession, id: string, step: StepId, form: FormData): Promise<void> {
  const { cases, drafts, ledger } = await store();
  const found = await cases.find(id, session.shop);
  const isAllowed = found !== undefined && mayDo(session.role, 'case.fill', ownershipOf(session, found));
  if (!isAllowed) return recordRefusal(session, 'case.fill', id);
  // A card is the customer's own to fill in.
  if (!found.isOpen || step === 'card') return undefined;
  const { fields } = stepOf(step);
  const input = withoutTooLong(stepOf(step), readForm(form, fields));
  const errors = readShownErrors(form, fields);
  const tools = { drafts, ledger, countDraft: notCounted, context: journeyContext(new Date()) };
  const stamp = findStamp(form);
  const seen = stamp && (stamp.subject === markId(session.id) ? stamp.seen : FOR_ANOTHER);
  const kept = await keepTyped(tools, { token: found.customer.token, stepId: step, input, errors, seen });
  const isKept = kept.kind === 'kept' && kept.token !== undefined;
  const filled = fields.filter((field) => fieldText(input, field) !== '');
  if (isKept) await record(session, 'case.fill', { caseId: id, fields: filled, source: 'agent' });
}
