import 'server-only';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { type Action, getOwnership, hasPermission } from '../domain/assist/permissions.ts';
import type { Locale } from '../i18n/routing.ts';
import { log } from '../observability/logger.ts';
import type { AgentSession } from '../store/agent-sessions.ts';
import type { Case } from '../store/cases.ts';
import { getStore } from '../store/store.ts';
import { type AuditDetails, recordAgentAction, recordDeniedAccess } from './agent-audit.ts';
import { readAgentToken } from './agent-cookies.ts';
import { hasConsole } from './identity-provider.ts';

/** An action that an agent asks for. With a `caseId`, the agent's permission depends on the owner of the case. */
type AgentRequest = { locale: Locale; action: Action; caseId?: string };
type CaseRequest = AgentRequest & { caseId: string };

export type AgentAccess = { session: AgentSession };
/** An agent who may act on a case, and that case, which belongs to the agent's shop and may be closed. */
export type CaseAccess = AgentAccess & { caseRecord: Case };

/** Returns the session behind this request, locked or not. */
export const getCurrentSession = cache(async (): Promise<AgentSession | undefined> => {
  const token = await readAgentToken();
  return token === undefined ? undefined : (await getStore()).agents.find(token);
});

/** Returns the session of a signed-in agent, or redirects to the sign-in. Without an identity provider there is no console. */
async function requireAgent(locale: Locale): Promise<AgentSession> {
  if (!hasConsole()) notFound();
  const session = await getCurrentSession();
  if (!session) redirect(`/${locale}/assist/sign-in`);
  if (session.lockedPath !== undefined) redirect(`/${locale}/assist/locked`);
  return session;
}

/**
 * Checks that the agent behind this request may do this, and loads the case. Answers with 404 when the agent may not: a case of
 * another shop cannot be told from one that does not exist.
 */
export async function authorizeAgent(request: CaseRequest): Promise<CaseAccess>;
export async function authorizeAgent(request: AgentRequest): Promise<AgentAccess>;
export async function authorizeAgent({ locale, action, caseId }: AgentRequest): Promise<Partial<CaseAccess>> {
  const session = await requireAgent(locale);
  const { caseRecord, denial } = await checkPermission(session, action, caseId);
  if (denial !== undefined) return denyAccess(session, action, caseId, denial);
  return caseRecord ? { session, caseRecord } : { session };
}

/**
 * Loads the case and checks the agent's permission for it.
 *
 * @returns `denial`: the cause for the log when the agent may not do this
 */
export async function checkPermission(
  session: AgentSession,
  action: Action,
  caseId: string | undefined,
): Promise<{ caseRecord?: Case | undefined; denial?: string }> {
  const caseRecord = caseId === undefined ? undefined : await (await getStore()).cases.find(caseId, session.shop);
  if (caseId !== undefined && !caseRecord) return { denial: 'no case of this shop' };
  const ownership = caseRecord ? getOwnership(session, caseRecord) : 'own';
  return hasPermission(session.role, action, ownership)
    ? { caseRecord }
    : { denial: `${session.role} ${action} ${ownership}` };
}

/** Records a denied request and answers with 404. The audit names the agent; the log does not, since it holds no names. */
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

/** Authorizes the agent, appends the action to the audit and runs the handler. */
export async function withAgentAuthorization<Result>(
  request: CaseRequest & AuditDetails,
  handler: (access: CaseAccess) => Promise<Result>,
): Promise<Result>;
export async function withAgentAuthorization<Result>(
  request: AgentRequest & AuditDetails,
  handler: (access: AgentAccess) => Promise<Result>,
): Promise<Result>;
export async function withAgentAuthorization<Result>(
  request: AgentRequest & AuditDetails,
  handler: (access: CaseAccess) => Promise<Result>,
): Promise<Result> {
  const access = await authorizeAgent(request as CaseRequest);
  await recordAgentAction(access.session, request.action, request);
  return handler(access);
}
