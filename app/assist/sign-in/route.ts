import { currentSession } from '@/lib/auth/current-agent';
import { beginSignIn, hasConsole } from '@/lib/auth/identity-provider';
import { writeSignIn } from '@/lib/auth/sign-in-cookies';
import { isTokenId } from '@/lib/domain/text/ids';
import { toWaitMinutes } from '@/lib/domain/wait';
import { withForm } from '@/lib/http/read-form';
import { seeOther } from '@/lib/http/see-other';
import { localeOf } from '@/lib/i18n/routing';
import { log } from '@/lib/observability/logger';
import { takeAttempt } from '@/lib/rate-limits/take-attempt';

/** What is kept of them until the agent comes back fits into a cookie. */
const MOST_ENDS = 20;

/** Sends the agent to the identity provider. A plain form's post: the browser follows it out of the site by itself. */
export const POST = withForm(async (form) => {
  if (!hasConsole()) return new Response(null, { status: 404 });
  const locale = localeOf(String(form.get('lang')));
  const retryAfterMs = await takeAttempt('signInAddress');
  if (retryAfterMs !== undefined) return seeOther(`/${locale}/assist/sign-in?wait=${toWaitMinutes(retryAfterMs)}`);
  const session = await currentSession();
  const isShared = session?.isShared || form.get('isShared') === 'yes';
  const ends = form.getAll('ends').map(String).filter(isTokenId).slice(0, MOST_ENDS);
  // On a device that others use, on one that nobody was at, and before other devices are signed out, what the provider
  // remembers does not count.
  const isFresh = isShared || session?.lockedPath !== undefined || ends.length > 0;
  const lockedPage = session?.lockedPath ? { subject: session.subject, path: session.lockedPath } : undefined;
  try {
    const { url, signIn } = await beginSignIn({ isShared, isFresh, lang: locale, ends, lockedPage });
    await writeSignIn(signIn);
    return seeOther(url.href);
  } catch (error) {
    log({ event: 'agent.refused', cause: (error as Error).name });
    return seeOther(`/${locale}/assist/sign-in?problem=unavailable`);
  }
});
