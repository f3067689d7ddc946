import 'server-only';
import { recordAgentAction, recordDeniedAccess } from '../../auth/agent-audit.ts';
import { checkPermission } from '../../auth/agent-authorization.ts';
import { getBrand } from '../../config/brand/brand.ts';
import { getJourneyContext } from '../../config/get-journey-context.ts';
import type { AgentSession } from '../../store/agent-sessions.ts';
import { getStore } from '../../store/store.ts';
import { readPersonFields } from '../customer/fill-customer-form.ts';
import { fillFromSource } from '../customer/fill-from-source.ts';
import { limitNothing } from '../customer/save-partial-step.ts';

/** Fills the form of an open case with the values of the customer's document, and records the agent and the fields in the audit. */
export async function fillCaseForm(session: AgentSession, caseId: string, form: FormData): Promise<void> {
  const { caseRecord } = await checkPermission(session, 'case.fill', caseId);
  if (!caseRecord) return recordDeniedAccess(session, 'case.fill', caseId);
  if (!caseRecord.isOpen || getBrand().documents.length === 0) return undefined;
  const { drafts, ledger } = await getStore();
  const tools = { drafts, ledger, limitDraft: limitNothing, context: getJourneyContext(new Date()) };
  const { token } = caseRecord.customer;
  const result = await fillFromSource(tools, { token, fields: readPersonFields(form), source: 'document' });
  if (result.kind !== 'filled' || result.fields.length === 0) return undefined;
  await recordAgentAction(session, 'case.fill', { caseId, fields: result.fields, source: 'agent' });
}
