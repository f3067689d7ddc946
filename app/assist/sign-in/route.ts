import { getCurrentSession } from '@/lib/auth/agent-authorization';
import { hasConsole, startSignIn } from '@/lib/auth/identity-provider';
import { writeSignIn } from '@/lib/auth/sign-in-cookies';
import { toWaitMinutes } from '@/lib/domain/retry-time';
import { isTokenId } from '@/lib/domain/text/ids';
import { createSeeOtherResponse } from '@/lib/http/see-other';
import { withForm } from '@/lib/http/with-form';
import { toLocale } from '@/lib/i18n/routing';
import { log } from '@/lib/observability/logger';
import { countAttempt } from '@/lib/rate-limits/count-attempt';

/** What is kept of them until the agent comes back fits into a cookie. */
const MAX_SESSIONS_TO_END = 20;

/** Sends the agent to the identity provider. A plain form's post: the browser follows it out of the site by itself. */
export const POST = withForm(async (form) => {
  if (!hasConsole()) return new Response(null, { status: 404 });
  const locale = toLocale(String(form.get('lang')));
  const retryAfterMs = await countAttempt('signInAddress');
  if (retryAfterMs !== undefined)
    return createSeeOtherResponse(`/${locale}/assist/sign-in?wait=${toWaitMinutes(retryAfterMs)}`);
  const session = await getCurrentSession();
  const isShared = session?.isShared || form.get('isShared') === 'yes';
  const ends = form.getAll('ends').map(String).filter(isTokenId).slice(0, MAX_SESSIONS_TO_END);
  // On a device that others use, on one that nobody was at, and before other devices are signed out, what the provider
  // remembers does not count.
  const isFresh = isShared || session?.lockedPath !== undefined || ends.length > 0;
  const lockedPage = session?.lockedPath ? { subject: session.subject, path: session.lockedPath } : undefined;
  try {
    const { url, signIn } = await startSignIn({ isShared, isFresh, lang: locale, ends, lockedPage });
    await writeSignIn(signIn);
    return createSeeOtherResponse(url.href);
  } catch (error) {
    log({ event: 'agent.refused', cause: (error as Error).name });
    return createSeeOtherResponse(`/${locale}/assist/sign-in?problem=unavailable`);
  }
});
