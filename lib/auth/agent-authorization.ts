import 'server-only';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { getProcessSingleton } from '../config/process-singleton.ts';
import { type AnswerSource, type AuditEntry, getDeviceName } from '../domain/assist/audit.ts';
import { type Action, getOwnership, hasPermission, type Ownership } from '../domain/assist/permissions.ts';
import { isUuid } from '../domain/text/ids.ts';
import type { Locale } from '../i18n/routing.ts';
import { log } from '../observability/logger.ts';
import type { AgentSession } from '../store/agent-sessions.ts';
import type { Case } from '../store/cases.ts';
import { getStore } from '../store/store.ts';
import { readAgentToken } from './agent-cookies.ts';
import { createDeniedAccessLimiter } from './denied-access-limiter.ts';
import { hasConsole } from './identity-provider.ts';

/** Who is signed in, locked or not. */
export const getCurrentSession = cache(async (): Promise<AgentSession | undefined> => {
  const token = await readAgentToken();
  return token === undefined ? undefined : (await getStore()).agents.find(token);
});

/** The agent behind this request, or the way to sign in. Without an identity provider the console does not exist. */
async function requireAgent(locale: Locale): Promise<AgentSession> {
  if (!hasConsole()) notFound();
  const session = await getCurrentSession();
  if (!session) redirect(`/${locale}/assist/sign-in`);
  if (session.lockedPath !== undefined) redirect(`/${locale}/assist/locked`);
  return session;
}

/** What is written down of an action, beside who, where and when. */
type AuditDetails = { caseId?: string | undefined; fields?: readonly string[]; source?: AnswerSource };

/** Events of a session that are no action at the console. */
type SessionEvent = 'session.begin' | 'session.out' | 'session.lock' | 'session.end';

/** Appends to the audit what an agent did. */
export async function recordAgentAction(
  session: Pick<AgentSession, 'subject' | 'role' | 'shop' | 'id'>,
  action: Action | SessionEvent | `refused.${Action}`,
  { caseId, fields = [], source }: AuditDetails,
): Promise<void> {
  const { subject, role, shop, id } = session;
  const entry: AuditEntry = {
    ...{ at: new Date().toISOString(), actor: subject, role, shop, device: getDeviceName(id) },
    ...{ action, caseId, fields, source },
  };
  await (await getStore()).audit.append(entry);
}

/** Writes down what a customer did with a case that they were handed. */
export async function recordCustomerAction(
  { id, shop }: Pick<Case, 'id' | 'shop'>,
  action: string,
  fields: readonly string[] = [],
  source: AnswerSource = 'customer',
): Promise<void> {
  const timestamp = new Date().toISOString();
  const actorFields = { actor: 'customer', role: undefined, shop, device: undefined } as const;
  await (await getStore()).audit.append({ at: timestamp, ...actorFields, action, caseId: id, fields, source });
}

/** The agent behind this request, if they may do this. What they may not do looks like what does not exist. */
export async function authorizeAgent(locale: Locale, action: Action, caseId?: string): Promise<AgentSession> {
  const session = await requireAgent(locale);
  const caseRecord = caseId === undefined ? undefined : await (await getStore()).cases.find(caseId, session.shop);
  const isAbsent = caseId !== undefined && !caseRecord;
  const ownership: Ownership = isAbsent ? 'foreign' : caseRecord ? getOwnership(session, caseRecord) : 'own';
  if (hasPermission(session.role, action, ownership)) return session;
  return denyAccess(
    session,
    action,
    caseId,
    isAbsent ? 'no case of this shop' : `${session.role} ${action} ${ownership}`,
  );
}

/**
 * Writes down that an agent asked for what they may not do, and answers as if it did not exist. The audit says who; the log
 * says only what, because names have no place in it.
 */
export async function denyAccess(
  session: AgentSession,
  action: Action,
  caseId: string | undefined,
  cause: string,
): Promise<never> {
  log({ event: 'access.refused', cause });
  await recordDeniedAccess(session, action, caseId);
  notFound();
}

/** Appends a refusal to the audit, unless the same was written down just before. */
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

/** The one door to everything at the console: who is signed in, whether they may, and the audit. */
export async function withAgentAuthorization<Result>(
  locale: Locale,
  action: Action,
  auditDetails: AuditDetails,
  handler: (session: AgentSession) => Promise<Result>,
): Promise<Result> {
  const session = await authorizeAgent(locale, action, auditDetails.caseId);
  await recordAgentAction(session, action, auditDetails);
  return handler(session);
}

/** A case of the agent's own shop, open or closed. */
export async function findCase({ shop }: Pick<AgentSession, 'shop'>, id: string): Promise<Case> {
  return (await (await getStore()).cases.find(id, shop)) ?? notFound();
}

/** An open case of the agent's own shop; from one that is closed the way leads back to the list. */
export async function requireCase(locale: Locale, session: Pick<AgentSession, 'shop'>, id: string): Promise<Case> {
  const caseRecord = await findCase(session, id);
  if (!caseRecord.isOpen) redirect(getNextCustomerPath(locale));
  return caseRecord;
}

/** The way from a customer who is done with back to the list: the browser forgets what it was shown. */
export const getNextCustomerPath = (locale: Locale) => `/assist/next?lang=${locale}`;
