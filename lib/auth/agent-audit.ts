import 'server-only';
import { getProcessSingleton } from '../config/process-singleton.ts';
import { type AnswerSource, type AuditEntry, getDeviceName } from '../domain/assist/audit.ts';
import type { Action } from '../domain/assist/permissions.ts';
import { isUuid } from '../domain/text/ids.ts';
import { createDeniedAccessLimiter } from '../rate-limits/denied-access-limiter.ts';
import type { AgentSession } from '../store/agent-sessions.ts';
import type { Case } from '../store/cases.ts';
import { getStore } from '../store/store.ts';

/** Details of an audit entry beside the actor, the device and the time. Field names only, never a value. */
export type AuditDetails = {
  caseId?: string | undefined;
  fields?: readonly string[] | undefined;
  source?: AnswerSource | undefined;
};

/** Events of a session that are no action at the console. */
type SessionEvent = 'session.begin' | 'session.out' | 'session.lock' | 'session.end';

/** Appends an agent's action to the audit. */
export async function recordAgentAction(
  { subject, name, role, shop, id }: Pick<AgentSession, 'subject' | 'name' | 'role' | 'shop' | 'id'>,
  action: Action | SessionEvent | `refused.${Action}`,
  { caseId, fields = [], source }: AuditDetails,
): Promise<void> {
  const entry: AuditEntry = {
    at: new Date().toISOString(),
    actor: subject,
    actorName: name,
    role,
    shop,
    device: getDeviceName(id),
    action,
    caseId,
    fields,
    source,
  };
  await (await getStore()).audit.append(entry);
}

/** Appends to the audit an action of the customer on a case that an agent handed over to their device. */
export async function recordCustomerAction(
  { id, shop }: Pick<Case, 'id' | 'shop'>,
  action: string,
  fields: readonly string[] = [],
  source: AnswerSource = 'customer',
): Promise<void> {
  const entry: AuditEntry = {
    at: new Date().toISOString(),
    actor: 'customer',
    role: undefined,
    shop,
    device: undefined,
    action,
    caseId: id,
    fields,
    source,
  };
  await (await getStore()).audit.append(entry);
}

/** Appends a denied request to the audit, unless the same denial was recorded within the window. */
export async function recordDeniedAccess(
  session: AgentSession,
  action: Action,
  requestedCaseId: string | undefined,
): Promise<void> {
  const caseId = requestedCaseId !== undefined && isUuid(requestedCaseId) ? requestedCaseId : undefined;
  const shouldRecord = getProcessSingleton('refusal-budget', () => createDeniedAccessLimiter(() => performance.now()));
  if (shouldRecord(session.id, `${action} ${caseId}`))
    await recordAgentAction(session, `refused.${action}`, { caseId });
}
