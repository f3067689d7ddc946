import 'server-only';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { inProcess } from '../config/in-process.ts';
import { type AuditEntry, deviceName, type Source } from '../domain/assist/audit.ts';
import { type Action, mayDo, type Ownership, ownershipOf } from '../domain/assist/permissions.ts';
import { isUuid } from '../domain/text/ids.ts';
import type { Locale } from '../i18n/routing.ts';
import { log } from '../observability/logger.ts';
import type { AgentSession } from '../store/agent-sessions.ts';
import type { Case } from '../store/cases.ts';
import { store } from '../store/store.ts';
import { readAgentToken } from './agent-cookies.ts';
import { hasConsole } from './identity-provider.ts';
import { createRefusalBudget } from './refusal-budget.ts';

/** Who is signed in, locked or not. */
export const currentSession = cache(async (): Promise<AgentSession | undefined> => {
  const token = await readAgentToken();
  return token === undefined ? undefined : (await store()).agents.find(token);
});

/** The agent behind this request, or the way to sign in. Without an identity provider the console does not exist. */
async function requireAgent(locale: Locale): Promise<AgentSession> {
  if (!hasConsole()) notFound();
  const session = await currentSession();
  if (!session) redirect(`/${locale}/assist/sign-in`);
  if (session.lockedPath !== undefined) redirect(`/${locale}/assist/locked`);
  return session;
}

/** What is written down of an action, beside who, where and when. */
type Deed = { caseId?: string | undefined; fields?: readonly string[]; source?: Source };

/** Events of a session that are no action at the console. */
type SessionEvent = 'session.begin' | 'session.out' | 'session.lock' | 'session.end';

/** Appends to the audit what an agent did. */
export async function record(
  session: Pick<AgentSession, 'subject' | 'role' | 'shop' | 'id'>,
  action: Action | SessionEvent | `refused.${Action}`,
  { caseId, fields = [], source }: Deed,
): Promise<void> {
  const { subject, role, shop, id } = session;
  const entry: AuditEntry = {
    ...{ at: new Date().toISOString(), actor: subject, role, shop, device: deviceName(id) },
    ...{ action, caseId, fields, source },
  };
  await (await store()).audit.append(entry);
}

/** Writes down what a customer did with a case that they were handed. */
export async function recordCustomer(
  { id, shop }: Pick<Case, 'id' | 'shop'>,
  action: string,
  fields: readonly string[] = [],
  source: Source = 'customer',
): Promise<void> {
  const at = new Date().toISOString();
  const who = { actor: 'customer', role: undefined, shop, device: undefined } as const;
  await (await store()).audit.append({ at, ...who, action, caseId: id, fields, source });
}

/** The agent behind this request, if they may do this. What they may not do looks like what does not exist. */
export async function agentFor(locale: Locale, action: Action, caseId?: string): Promise<AgentSession> {
  const session = await requireAgent(locale);
  const found = caseId === undefined ? undefined : await (await store()).cases.find(caseId, session.shop);
  const isAbsent = caseId !== undefined && !found;
  const ownership: Ownership = isAbsent ? 'foreign' : found ? ownershipOf(session, found) : 'own';
  if (mayDo(session.role, action, ownership)) return session;
  return refuse(session, action, caseId, isAbsent ? 'no case of this shop' : `${session.role} ${action} ${ownership}`);
}

/**
 * Writes down that an agent asked for what they may not do, and answers as if it did not exist. The audit says who; the log
 * says only what, because names have no place in it.
 */
export async function refuse(
  session: AgentSession,
  action: Action,
  caseId: string | undefined,
  cause: string,
): Promise<never> {
  log({ event: 'access.refused', cause });
  await recordRefusal(session, action, caseId);
  notFound();
}

/** Appends a refusal to the audit, unless the same was written down just before. */
export async function recordRefusal(session: AgentSession, action: Action, asked: string | undefined): Promise<void> {
  const caseId = asked !== undefined && isUuid(asked) ? asked : undefined;
  const isRecorded = inProcess('refusal-budget', () => createRefusalBudget(() => performance.now()));
  if (isRecorded(session.id, `${action} ${caseId}`)) await record(session, `refused.${action}`, { caseId });
}

/** The one door to everything at the console: who is signed in, whether they may, and the audit. */
export async function asAgent<Result>(
  locale: Locale,
  action: Action,
  deed: Deed,
  work: (session: AgentSession) => Promise<Result>,
): Promise<Result> {
  const session = await agentFor(locale, action, deed.caseId);
  await record(session, action, deed);
  return work(session);
}

/** A case of the agent's own shop, open or closed. */
export async function findCase({ shop }: Pick<AgentSession, 'shop'>, id: string): Promise<Case> {
  return (await (await store()).cases.find(id, shop)) ?? notFound();
}

/** An open case of the agent's own shop; from one that is closed the way leads back to the list. */
export async function requireCase(locale: Locale, session: Pick<AgentSession, 'shop'>, id: string): Promise<Case> {
  const found = await findCase(session, id);
  if (!found.isOpen) redirect(leavePath(locale));
  return found;
}

/** The way from a customer who is done with back to the list: the browser forgets what it was shown. */
export const leavePath = (locale: Locale) => `/assist/next?lang=${locale}`;
