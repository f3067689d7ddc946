import { writeSignIn } from '@/lib/assist/agent-cookies';
import { currentSession } from '@/lib/assist/current-agent';
import { beginSignIn, hasConsole } from '@/lib/assist/identity-provider';
import { localeOf } from '@/lib/i18n/routing';
import { log } from '@/lib/observability/logger';
import { addressOfRequest } from '@/lib/security/address-of-request';
import { seeOther } from '@/lib/security/see-other';
import { store } from '@/lib/store/store';

/** Sends the agent to the identity provider. A plain form's post: the browser follows it out of the site by itself. */
export async function POST(request: Request): Promise<Response> {
  if (!hasConsole()) return new Response(null, { status: 404 });
  const form = await request.formData();
  const locale = localeOf(String(form.get('lang')));
  if (await (await store()).limits.firstOver([['signInAddress', await addressOfRequest()]])) {
    log({ event: 'limit.reached', limit: 'signInAddress' });
    return seeOther(`/${locale}/assist/sign-in?problem=unavailable`);
  }
  const session = await currentSession();
  const isShared = session?.isShared || form.get('isShared') === 'yes';
  // On a device that others use, and on one that nobody was at, what the provider remembers does not count.
  const isFresh = isShared || session?.lockedPath !== undefined;
  try {
    const { url, signIn } = await beginSignIn({ isShared, isFresh, lang: locale });
    await writeSignIn(signIn);
    return seeOther(url.href);
  } catch (error) {
    log({ event: 'agent.refused', cause: (error as Error).name });
    return seeOther(`/${locale}/assist/sign-in?problem=unavailable`);
  }
}
