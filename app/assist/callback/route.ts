import { dropAgentToken, readAgentToken, writeAgentToken } from '@/lib/auth/agent-cookies';
import { currentSession, record } from '@/lib/auth/current-agent';
import { endSignIn, hasConsole, localeOfState, type SignIn } from '@/lib/auth/identity-provider';
import { takeSignIn } from '@/lib/auth/sign-in-cookies';
import type { Agent } from '@/lib/domain/assist/permissions';
import { seeOther } from '@/lib/http/see-other';
import { preferredLocale } from '@/lib/i18n/routing';
import { log } from '@/lib/observability/logger';
import type { AgentSession } from '@/lib/store/agent-sessions';
import { store } from '@/lib/store/store';
import { idOf } from '@/lib/store/token';

/**
 * Where the identity provider sends an agent back to. Only the browser that began a sign-in can end it, and once: nobody
 * can be signed in to somebody else's account by a link. Each of several tabs ends its own attempt.
 */
export async function GET(request: Request): Promise<Response> {
  if (!hasConsole()) return new Response(null, { status: 404 });
  const { search, searchParams } = new URL(request.url);
  const state = searchParams.get('state') ?? '';
  const signIn = await takeSignIn(state);
  const locale = signIn?.lang ?? localeOfState(state) ?? preferredLocale(request.headers.get('accept-language'));
  const refuse = (problem: string, cause: string) => {
    log({ event: 'agent.refused', cause });
    return seeOther(`/${locale}/assist/sign-in?problem=${problem}`);
  };
  if (!signIn) return refuse('failed', 'no sign-in begun');
  const before = await currentSession();
  const isShared = signIn.isShared || before?.isShared === true;
  // The device was locked, or said to be shared, after this tab had begun: what the provider remembers no longer counts.
  if (!signIn.isFresh && (isShared || before?.lockedPath !== undefined)) return refuse('failed', 'sign-in not fresh');
  try {
    const agent = await endSignIn(search, signIn);
    if (!agent) return refuse('refused', 'no role or shop');
    const session = await replaceSession(agent, isShared, before);
    return seeOther(
      (await endOthers(session, signIn, before)) ?? findPage(agent, signIn, before) ?? `/${locale}/assist`,
    );
  } catch (error) {
    return refuse('failed', (error as Error).name);
  }
}

type Session = Agent & { id: string };

/** A session's token is new with every sign-in: what the browser had before ends here. */
async function replaceSession(agent: Agent, isShared: boolean, before: AgentSession | undefined): Promise<Session> {
  const { agents } = await store();
  const oldToken = await readAgentToken();
  if (oldToken !== undefined) await agents.end(oldToken);
  if (before) await record(before, 'session.out', {});
  await dropAgentToken();
  const token = await agents.create({ ...agent, isShared });
  const session = { ...agent, id: idOf(token) };
  await record(session, 'session.begin', {});
  await writeAgentToken(token);
  log({ event: 'agent.signed-in', role: agent.role, shop: agent.shop });
  return session;
}

/**
 * Ends the sessions that the agent wanted to end, if the same person has signed in again.
 *
 * @returns the page that says so
 */
async function endOthers(session: Session, { ends, lang }: SignIn, before?: AgentSession): Promise<string | undefined> {
  if (ends.length === 0 || before?.subject !== session.subject) return undefined;
  await (await store()).agents.endThose(session.subject, ends);
  await record(session, 'session.end', {});
  return `/${lang}/assist/sessions?ended`;
}

/** The locked page of the same person, from the attempt or from the session that it replaces. */
function findPage({ subject }: Agent, { lockedPage }: SignIn, before?: AgentSession): string | undefined {
  if (lockedPage?.subject === subject) return lockedPage.path;
  return before?.subject === subject ? before.lockedPath || undefined : undefined;
}
