import 'server-only';
import { recordAgentAction } from '../../auth/agent-audit.ts';
import { getSignOutUrl } from '../../auth/identity-provider.ts';
import type { Locale } from '../../i18n/routing.ts';
import type { AgentSession } from '../../store/agent-sessions.ts';
import { getStore } from '../../store/store.ts';

/**
 * Ends a session on every instance.
 *
 * @param session undefined when it has expired
 * @param token of the device's cookie
 * @returns the path or the address of the identity provider at which the sign-out continues
 */
export async function signOut(
  session: AgentSession | undefined,
  token: string | undefined,
  locale: Locale,
): Promise<string> {
  if (session) await recordAgentAction(session, 'session.out', {});
  if (token !== undefined) await (await getStore()).agents.revoke(token);
  const providerUrl = token === undefined ? undefined : await getSignOutUrl(locale);
  return providerUrl?.href ?? `/${locale}/assist/sign-in`;
}
