import { dropAgentToken, readAgentToken, takeSignIn, writeAgentToken } from '@/lib/assist/agent-cookies';
import { record } from '@/lib/assist/current-agent';
import { endSignIn, hasConsole } from '@/lib/assist/identity-provider';
import { localeOf } from '@/lib/i18n/routing';
import { log } from '@/lib/observability/logger';
import { seeOther } from '@/lib/security/see-other';
import { store } from '@/lib/store/store';
import { idOf } from '@/lib/store/token';

/**
 * Where the identity provider sends an agent back to. Only the browser that began a sign-in can end it, and once: nobody
 * can be signed in to somebody else's account by a link.
 */
export async function GET(request: Request): Promise<Response> {
  if (!hasConsole()) return new Response(null, { status: 404 });
  const signIn = await takeSignIn();
  const locale = localeOf(signIn?.lang ?? '');
  const refuse = (problem: string, cause: string) => {
    log({ event: 'agent.refused', cause });
    return seeOther(`/${locale}/assist/sign-in?problem=${problem}`);
  };
  if (!signIn) return refuse('failed', 'no sign-in begun');
  try {
    const agent = await endSignIn(new URL(request.url).search, signIn);
    if (!agent) return refuse('refused', 'no role or shop');
    const { agents } = await store();
    // What the browser had before ends here: a session's token is new with every sign-in.
    const before = await readAgentToken();
    const left = before === undefined ? undefined : await agents.find(before);
    if (before !== undefined) await agents.end(before);
    if (left) await record(left, 'session.out', {});
    await dropAgentToken();
    const token = await agents.create({ ...agent, isShared: signIn.isShared });
    const session = { ...agent, id: idOf(token) };
    await record(session, 'session.begin', {});
    await writeAgentToken(token);
    log({ event: 'agent.signed-in', role: agent.role, shop: agent.shop });
    // Who was not here before begins at the list.
    if (left?.subject !== agent.subject) return seeOther(`/${locale}/assist`);
    if (signIn.ends.length > 0) {
      await agents.endThose(left.subject, signIn.ends);
      await record(session, 'session.end', {});
      return seeOther(`/${locale}/assist/sessions?ended`);
    }
    // Who comes back to a locked device goes on where they were.
    return seeOther(left.lockedPath || `/${locale}/assist`);
  } catch (error) {
    return refuse('failed', (error as Error).name);
  }
}
