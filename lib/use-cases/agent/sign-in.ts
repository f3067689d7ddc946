import 'server-only';
import { recordAgentAction } from '../../auth/agent-audit.ts';
import { completeSignIn, type SignIn, startSignIn } from '../../auth/identity-provider.ts';
import type { Agent } from '../../domain/assist/permissions.ts';
import { isTokenId } from '../../domain/text/ids.ts';
import type { Locale } from '../../i18n/routing.ts';
import { log } from '../../observability/logger.ts';
import { countAttempt } from '../../rate-limits/count-attempt.ts';
import type { AgentSession } from '../../store/agent-sessions.ts';
import { getStore } from '../../store/store.ts';
import { hashToken } from '../../store/token.ts';

/** Session ids that fit into the sign-in's cookie. */
const MAX_SESSIONS_TO_END = 20;

type StartSignInResult =
  | { kind: 'started'; url: string; signIn: SignIn }
  | { kind: 'limited'; retryAfterMs: number }
  /** The identity provider does not answer. */
  | { kind: 'unavailable' };

/**
 * Starts an agent's sign-in at the identity provider. The provider must ask for credentials again on a shared device, after a lock,
 * and before other sessions are ended.
 *
 * @param session that the device has
 * @param isSharedDevice as the agent says
 * @param ends ids of the agent's other sessions to end after the sign-in
 */
export async function startAgentSignIn(
  session: AgentSession | undefined,
  clientIp: string,
  { lang, isSharedDevice, ends }: { lang: Locale; isSharedDevice: boolean; ends: readonly string[] },
): Promise<StartSignInResult> {
  const retryAfterMs = await countAttempt('signInAddress', clientIp);
  if (retryAfterMs !== undefined) return { kind: 'limited', retryAfterMs };
  const isShared = session?.isShared || isSharedDevice;
  const sessionsToEnd = ends.filter(isTokenId).slice(0, MAX_SESSIONS_TO_END);
  const isFresh = isShared || session?.lockedPath !== undefined || sessionsToEnd.length > 0;
  const lockedPage = session?.lockedPath ? { subject: session.subject, path: session.lockedPath } : undefined;
  try {
    const { url, signIn } = await startSignIn({ isShared, isFresh, lang, ends: sessionsToEnd, lockedPage });
    return { kind: 'started', url: url.href, signIn };
  } catch (error) {
    log({ event: 'agent.refused', cause: (error as Error).name });
    return { kind: 'unavailable' };
  }
}

/** The session that the device has before the sign-in, and its token. */
type PreviousSession = { session: AgentSession | undefined; token: string | undefined };

type CompleteSignInResult =
  /** `path` is undefined for the list of cases. */
  { kind: 'signed-in'; token: string; path: string | undefined } | { kind: 'rejected'; problem: 'failed' | 'refused' };

/**
 * Completes an agent's sign-in and starts a session with a new token. The device's previous session ends.
 *
 * @param signIn that this browser started; undefined when it started none, so that no link can sign an agent in
 * @param query of the address to which the provider redirected the agent
 */
export async function completeAgentSignIn(
  signIn: SignIn | undefined,
  query: string,
  previous: PreviousSession,
): Promise<CompleteSignInResult> {
  if (!signIn) return rejectSignIn('failed', 'no sign-in begun');
  const isShared = signIn.isShared || previous.session?.isShared === true;
  // Another tab locked the device or marked it as shared after this tab had started: a session at the provider no longer suffices.
  if (!signIn.isFresh && (isShared || previous.session?.lockedPath !== undefined))
    return rejectSignIn('failed', 'sign-in not fresh');
  try {
    const agent = await completeSignIn(query, signIn);
    if (!agent) return rejectSignIn('refused', 'no role or shop');
    const { session, token } = await startSession(agent, isShared, previous);
    const sessionsPath = await endOtherSessions(session, signIn, previous.session);
    return { kind: 'signed-in', token, path: sessionsPath ?? findLockedPage(agent, signIn, previous.session) };
  } catch (error) {
    return rejectSignIn('failed', (error as Error).name);
  }
}

function rejectSignIn(problem: 'failed' | 'refused', cause: string): CompleteSignInResult {
  log({ event: 'agent.refused', cause });
  return { kind: 'rejected', problem };
}

type NewSession = Agent & { id: string };

async function startSession(
  agent: Agent,
  isShared: boolean,
  previous: PreviousSession,
): Promise<{ session: NewSession; token: string }> {
  const { agents } = await getStore();
  if (previous.token !== undefined) await agents.revoke(previous.token);
  if (previous.session) await recordAgentAction(previous.session, 'session.out', {});
  const token = await agents.create({ ...agent, isShared });
  const session = { ...agent, id: hashToken(token) };
  await recordAgentAction(session, 'session.begin', {});
  log({ event: 'agent.signed-in', role: agent.role, shop: agent.shop });
  return { session, token };
}

/**
 * Ends the sessions that the agent chose, if the same agent has signed in again.
 *
 * @returns the path of the page that confirms it
 */
async function endOtherSessions(
  session: NewSession,
  { ends, lang }: SignIn,
  previousSession: AgentSession | undefined,
): Promise<string | undefined> {
  if (ends.length === 0 || previousSession?.subject !== session.subject) return undefined;
  await (await getStore()).agents.revokeByIds(session.subject, ends);
  await recordAgentAction(session, 'session.end', {});
  return `/${lang}/assist/sessions?ended`;
}

/** Finds the same agent's locked page, from the attempt or from the session that it replaces. */
function findLockedPage(
  { subject }: Agent,
  { lockedPage }: SignIn,
  previousSession: AgentSession | undefined,
): string | undefined {
  if (lockedPage?.subject === subject) return lockedPage.path;
  return previousSession?.subject === subject ? previousSession.lockedPath || undefined : undefined;
}
