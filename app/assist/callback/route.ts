import { getCurrentSession } from '@/lib/auth/agent-authorization';
import { readAgentToken, writeAgentToken } from '@/lib/auth/agent-cookies';
import { countCookies } from '@/lib/auth/count-cookies';
import { getLocaleFromState, hasConsole } from '@/lib/auth/identity-provider';
import { claimSignIn } from '@/lib/auth/sign-in-cookies';
import { createSeeOtherResponse } from '@/lib/http/see-other';
import { getPreferredLocale } from '@/lib/i18n/routing';
import { completeAgentSignIn } from '@/lib/use-cases/agent/sign-in';

/** The address to which the identity provider redirects an agent. Only the browser that started a sign-in can complete it, once. */
export async function GET(request: Request): Promise<Response> {
  if (!hasConsole()) return new Response(null, { status: 404 });
  const hasCookies = (await countCookies()) > 0;
  const { signIn, locale, search } = await claimCallback(request);
  const previous = { session: await getCurrentSession(), token: await readAgentToken() };
  const result = await completeAgentSignIn(signIn, search, previous);
  if (result.kind === 'rejected') {
    return createSeeOtherResponse(`/${locale}/assist/sign-in?problem=${hasCookies ? result.problem : 'cookies'}`);
  }
  await writeAgentToken(result.token);
  return createSeeOtherResponse(result.path ?? `/${locale}/assist`);
}

async function claimCallback({ url, headers }: Request) {
  const { search, searchParams } = new URL(url);
  const state = searchParams.get('state') ?? '';
  const signIn = await claimSignIn(state);
  const locale = signIn?.lang ?? getLocaleFromState(state) ?? getPreferredLocale(headers.get('accept-language'));
  return { signIn, locale, search };
}
