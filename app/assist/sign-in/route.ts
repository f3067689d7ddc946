import { getCurrentSession } from '@/lib/auth/agent-authorization';
import { hasConsole } from '@/lib/auth/identity-provider';
import { writeSignIn } from '@/lib/auth/sign-in-cookies';
import { toWaitMinutes } from '@/lib/domain/retry-time';
import { getClientIp } from '@/lib/http/client-ip';
import { createSeeOtherResponse } from '@/lib/http/see-other';
import { withForm } from '@/lib/http/with-form';
import { type Locale, toLocale } from '@/lib/i18n/routing';
import { startAgentSignIn } from '@/lib/use-cases/agent/sign-in';

/** Redirects the agent to the identity provider. A plain form posts here, because its browser must follow to another site. */
export const POST = withForm(async (form) => {
  if (!hasConsole()) return new Response(null, { status: 404 });
  const lang = toLocale(String(form.get('lang')));
  const result = await startAgentSignIn(await getCurrentSession(), await getClientIp(), readSignInForm(form, lang));
  if (result.kind === 'started') await writeSignIn(result.signIn);
  if (result.kind === 'started') return createSeeOtherResponse(result.url);
  const query = result.kind === 'limited' ? `wait=${toWaitMinutes(result.retryAfterMs)}` : 'problem=unavailable';
  return createSeeOtherResponse(`/${lang}/assist/sign-in?${query}`);
});

const readSignInForm = (form: FormData, lang: Locale) => ({
  lang,
  isSharedDevice: form.get('isShared') === 'yes',
  ends: form.getAll('ends').map(String),
});
