import { getCurrentSession } from '@/lib/auth/agent-authorization';
import { deleteAgentToken, readAgentToken } from '@/lib/auth/agent-cookies';
import { CLEAR_CACHE_HEADERS, createSeeOtherResponse } from '@/lib/http/see-other';
import { withForm } from '@/lib/http/with-form';
import { toLocale } from '@/lib/i18n/routing';
import { signOut } from '@/lib/use-cases/agent/sign-out';

/** Ends the agent's session on every instance and at the identity provider. */
export const POST = withForm(async (form) => {
  const locale = toLocale(String(form.get('lang')));
  const location = await signOut(await getCurrentSession(), await readAgentToken(), locale);
  await deleteAgentToken();
  return createSeeOtherResponse(location, CLEAR_CACHE_HEADERS);
});
