import { getCurrentSession, recordAgentAction } from '@/lib/auth/agent-authorization';
import { deleteAgentToken, readAgentToken, writeAgentToken } from '@/lib/auth/agent-cookies';
import { completeSignIn, getLocaleFromState, hasConsole, type SignIn } from '@/lib/auth/identity-provider';
import { claimSignIn } from '@/lib/auth/sign-in-cookies';
import type { Agent } from '@/lib/domain/assist/permissions';
import { createSeeOtherResponse } from '@/lib/http/see-other';
import { getPreferredLocale } from '@/lib/i18n/routing';
import { log } from '@/lib/observability/logger';
import type { AgentSession } from '@/lib/store/agent-sessions';
import { getStore } from '@/lib/store/store';
import { hashToken } from '@/lib/store/token';

/**
 * Where the identity provider sends an agent back to. Only the browser that began a sign-in can end it, and once: nobody
 * can be signed in to somebody else's account by a link. Each of several tabs ends its own attempt.
 */
export async function GET(request: Request): Promise<Response> {
  if (!hasConsole()) return new Response(null, { status: 404 });
  const { search, searchParams } = new URL(request.url);
  const state = searchParams.get('state') ?? '';
  const signIn = await claimSignIn(state);
  const locale =
    signIn?.lang ?? getLocaleFromState(state) ?? getPreferredLocale(request.headers.get('accept-language'));
  const rejectSignIn = (problem: string, cause: string) => {
    log({ event: 'agent.refused', cause });
    return createSeeOtherResponse(`/${locale}/assist/sign-in?problem=${problem}`);
  };
  if (!signIn) return rejectSignIn('failed', 'no sign-in begun');
  const previousSession = await getCurrentSession();
  const isShared = signIn.isShared || previousSession?.isShared === true;
  // The device was locked, or said to be shared, after this tab had begun: what the provider remembers no longer counts.
  if (!signIn.isFresh && (isShared || previousSession?.lockedPath !== undefined))
    return rejectSignIn('failed', 'sign-in not fresh');
  try {
    const agent = await completeSignIn(search, signIn);
    if (!agent) return rejectSignIn('refused', 'no role or shop');
    const session = await startNewSession(agent, isShared, previousSession);
    return createSeeOtherResponse(
      (await stopOtherSessions(session, signIn, previousSession)) ??
        findPage(agent, signIn, previousSession) ??
        `/${locale}/assist`,
    );
  } catch (error) {
    return rejectSignIn('failed', (error as Error).name);
  }
}

type Session = Agent & { id: string };

/** A session's token is new with every sign-in: what the browser had before ends here. */
async function startNewSession(
  agent: Agent,
  isShared: boolean,
  previousSession: AgentSession | undefined,
): Promise<Session> {
  const { agents } = await getStore();
  const oldToken = await readAgentToken();
  if (oldToken !== undefined) await agents.revoke(oldToken);
  if (previousSession) await recordAgentAction(previousSession, 'session.out', {});
  await deleteAgentToken();
  const token = await agents.create({ ...agent, isShared });
  const session = { ...agent, id: hashToken(token) };
  await recordAgentAction(session, 'session.begin', {});
  await writeAgentToken(token);
  log({ event: 'agent.signed-in', role: agent.role, shop: agent.shop });
  return session;
}

/**
 * Ends the sessions that the agent wanted to end, if the same person has signed in again.
 *
 * @returns the page that says so
 */
async function stopOtherSessions(
  session: Session,
  { ends, lang }: SignIn,
  previousSession?: AgentSession,
): Promise<string | undefined> {
  if (ends.length === 0 || previousSession?.subject !== session.subject) return undefined;
  await (await getStore()).agents.revokeByIds(session.subject, ends);
  await recordAgentAction(session, 'session.end', {});
  return `/${lang}/assist/sessions?ended`;
}

/** The locked page of the same person, from the attempt or from the session that it replaces. */
function findPage({ subject }: Agent, { lockedPage }: SignIn, previousSession?: AgentSession): string | undefined {
  if (lockedPage?.subject === subject) return lockedPage.path;
  return previousSession?.subject === subject ? previousSession.lockedPath || undefined : undefined;
}
