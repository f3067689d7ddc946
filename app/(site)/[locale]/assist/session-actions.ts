'use server';

import { redirect } from 'next/navigation';
import { dropAgentToken, readAgentToken, writeSignIn } from '@/lib/assist/agent-cookies';
import { beginSignIn, hasConsole, signOutUrl } from '@/lib/assist/identity-provider';
import { localeOf } from '@/lib/i18n/routing';
import { log } from '@/lib/observability/logger';
import { store } from '@/lib/store/store';

/** Sends the agent to the identity provider. */
export async function signIn(givenLocale: string, form: FormData): Promise<void> {
  const locale = localeOf(givenLocale);
  if (!hasConsole()) redirect(`/${locale}`);
  const begun = await beginSignIn(form.get('isShared') === 'yes', locale).catch((error: Error) => {
    log({ event: 'agent.refused', cause: error.name });
    return undefined;
  });
  if (!begun) return redirect(`/${locale}/assist/sign-in?problem=unavailable`);
  await writeSignIn(begun.signIn);
  redirect(begun.url.href);
}

/** Ends the session here, on every instance at once, and at the provider. */
export async function signOut(givenLocale: string): Promise<void> {
  const locale = localeOf(givenLocale);
  const token = await readAgentToken();
  const idToken = token === undefined ? undefined : await (await store()).agents.end(token);
  await dropAgentToken();
  const away = idToken ? await signOutUrl(idToken, locale) : undefined;
  redirect(away?.href ?? `/${locale}/assist/sign-in`);
}
