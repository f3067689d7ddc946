import { deleteAgentToken, readAgentToken } from '@/lib/auth/agent-cookies';
import { getCurrentSession, recordAgentAction } from '@/lib/auth/current-agent';
import { getSignOutUrl } from '@/lib/auth/identity-provider';
import { withForm } from '@/lib/http/read-form';
import { CLEAR_CACHE_HEADERS, createSeeOtherResponse } from '@/lib/http/see-other';
import { toLocale } from '@/lib/i18n/routing';
import { getStore } from '@/lib/store/store';

/** Ends the session here, on every instance at once, and at the provider. */
export const POST = withForm(async (form) => {
  const locale = toLocale(String(form.get('lang')));
  const token = await readAgentToken();
  const session = await getCurrentSession();
  if (session) await recordAgentAction(session, 'session.out', {});
  if (token !== undefined) await (await getStore()).agents.revoke(token);
  await deleteAgentToken();
  const providerUrl = token === undefined ? undefined : await getSignOutUrl(locale);
  return createSeeOtherResponse(providerUrl?.href ?? `/${locale}/assist/sign-in`, CLEAR_CACHE_HEADERS);
});
