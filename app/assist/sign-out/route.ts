import { getCurrentSession, recordAgentAction } from '@/lib/auth/agent-authorization';
import { deleteAgentToken, readAgentToken } from '@/lib/auth/agent-cookies';
import { getSignOutUrl } from '@/lib/auth/identity-provider';
import { CLEAR_CACHE_HEADERS, createSeeOtherResponse } from '@/lib/http/see-other';
import { withForm } from '@/lib/http/with-form';
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
