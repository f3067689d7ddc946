import 'server-only';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import type { AuditEntry, Source } from '../domain/assist/audit.ts';
import { type Action, mayDo, type Ownership, ownershipOf } from '../domain/assist/permissions.ts';
import type { Locale } from '../i18n/routing.ts';
import type { AgentSession } from '../store/agent-sessions.ts';
import type { Case } from '../store/cases.ts';
import { store } from '../store/store.ts';
import { readAgentToken } from './agent-cookies.ts';
import { hasConsole } from './identity-provider.ts';

/** Characters of a session's id that tell devices apart in the audit. */
const DEVICE_LENGTH = 12;

const currentSession = cache(async (): Promise<AgentSession | undefined> => {
  const token = await readAgentToken();
  return token === undefined ? undefined : (await store()).agents.find(token);
});

/** The agent behind this request, or the way to sign in. Without an identity provider the console does not exist. */
async function requireAgent(locale: Locale): Promise<AgentSession> {
  if (!hasConsole()) notFound();
  const session = await currentSession();
  if (!session) redirect(`/${locale}/assist/sign-in`);
  return session;
}

/** What is written down of an action, beside who, where and when. */
type Deed = { caseId?: string; fields?: readonly string[]; source?: Source };

async function record(session: AgentSession, action: Action, { caseId, fields = [], source }: Deed): Promise<void> {
  const { subject, role, shop, id } = session;
  const entry: AuditEntry = {
    ...{ at: new Date().toISOString(), actor: subject, role, shop, device: id.slice(0, DEVICE_LENGTH) },
    ...{ action, caseId, fields, source },
  };
  await (await store()).audit.append(entry);
}

/** Writes down what a customer did with a case that they were handed. */
export async function recordCustomer(
  { id, shop }: Case,
  action: string,
  fields: readonly string[] = [],
): Promise<void> {
  const at = new Date().toISOString();
  const who = { actor: 'customer', role: undefined, shop, device: undefined } as const;
  await (await store()).audit.append({ at, ...who, action, caseId: id, fields, source: 'customer' });
}

/** The agent behind this request, if they may do this. What they may not do looks like what does not exist. */
export async function agentFor(locale: Locale, action: Action, caseId?: string): Promise<AgentSession> {
  const session = await requireAgent(locale);
  const ownership: Ownership = caseId ? ownershipOf(session, await requireCase(locale, session, caseId)) : 'own';
  if (!mayDo(session.role, action, ownership)) notFound();
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

/** An open case of the agent's own shop; from one that is closed the way leads back to the list. */
export async function requireCase(locale: Locale, { shop }: Pick<AgentSession, 'shop'>, id: string): Promise<Case> {
  const found = await (await store()).cases.find(id, shop);
  if (!found) notFound();
  if (!found.isOpen) redirect(`/${locale}/assist`);
  return found;
}
