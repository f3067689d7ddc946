import 'server-only';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import type { AuditEntry, Source } from '../domain/assist/audit.ts';
import { type Action, mayDo, type Ownership, ownershipOf } from '../domain/assist/permissions.ts';
import type { Locale } from '../i18n/routing.ts';
import { log } from '../observability/logger.ts';
import type { AgentSession } from '../store/agent-sessions.ts';
import type { Case } from '../store/cases.ts';
import { store } from '../store/store.ts';
import { readAgentToken } from './agent-cookies.ts';
import { hasConsole } from './identity-provider.ts';

/** Characters of a session's id that tell devices apart in the audit. */
const DEVICE_LENGTH = 12;

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

export async function record(
  session: AgentSession,
  action: Action | 'session.lock' | 'session.end',
  { caseId, fields = [], source }: Deed,
): Promise<void> {
  const { subject, role, shop, id } = session;
  const entry: AuditEntry = {
    ...{ at: new Date().toISOString(), actor: subject, role, shop, device: id.slice(0, DEVICE_LENGTH) },
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
  const ownership: Ownership = caseId ? ownershipOf(session, await findCase(session, caseId)) : 'own';
  if (!mayDo(session.role, action, ownership)) {
    log({ event: 'access.refused', cause: `${session.role} ${action} ${ownership}` });
    notFound();
  }
  return session;
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
  const found = await (await store()).cases.find(id, shop);
  if (!found) {
    log({ event: 'access.refused', cause: 'no case of this shop' });
    notFound();
  }
  return found;
}

/** An open case of the agent's own shop; from one that is closed the way leads back to the list. */
export async function requireCase(locale: Locale, session: Pick<AgentSession, 'shop'>, id: string): Promise<Case> {
  const found = await findCase(session, id);
  if (!found.isOpen) redirect(leavePath(locale));
  return found;
}

/** The way from a customer who is done with back to the list: the browser forgets what it was shown. */
export const leavePath = (locale: Locale) => `/assist/next?lang=${locale}`;
