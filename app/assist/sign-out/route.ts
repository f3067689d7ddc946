import { dropAgentToken, readAgentToken } from '@/lib/auth/agent-cookies';
import { currentSession, record } from '@/lib/auth/current-agent';
import { signOutUrl } from '@/lib/auth/identity-provider';
import { withForm } from '@/lib/http/read-form';
import { FORGET, seeOther } from '@/lib/http/see-other';
import { localeOf } from '@/lib/i18n/routing';
import { store } from '@/lib/store/store';

/** Ends the session here, on every instance at once, and at the provider. */
export const POST = withForm(async (form) => {
  const locale = localeOf(String(form.get('lang')));
  const token = await readAgentToken();
  const session = await currentSession();
  if (session) await record(session, 'session.out', {});
  if (token !== undefined) await (await store()).agents.end(token);
  await dropAgentToken();
  const away = token === undefined ? undefined : await signOutUrl(locale);
  return seeOther(away?.href ?? `/${locale}/assist/sign-in`, FORGET);
});
