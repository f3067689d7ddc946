'use server';

import { redirect } from 'next/navigation';
import { countCookies } from '@/lib/auth/count-cookies';
import { readCustomerDevice } from '@/lib/auth/customer-device';
import { writeDeviceToken, writeDraftToken } from '@/lib/auth/draft-cookie';
import { hasConsole } from '@/lib/auth/identity-provider';
import { helpCookie } from '@/lib/auth/short-cookies';
import { toWaitMinutes } from '@/lib/domain/retry-time';
import { formArgument, localeArgument } from '@/lib/http/action-arguments';
import { createServerAction } from '@/lib/http/server-action';
import { getPagePath } from '@/lib/i18n/paths';
import type { Locale } from '@/lib/i18n/routing';
import { findStamp, getPathAfterCookie, getPathAfterOutdatedForm } from '@/lib/use-cases/customer/form-check';
import { acceptHelpRequest, cancelHelp, requestHelp } from '@/lib/use-cases/customer/request-help';

/** Creates a code that an agent can enter to continue this customer's journey. */
export const askForHelp = createServerAction([localeArgument, formArgument], async (locale, form): Promise<void> => {
  if (!hasConsole()) redirect(`/${locale}`);
  const [device, cookiesBefore, path] = [await readCustomerDevice(), await countCookies(), getHelpPath(locale)];
  const result = await requestHelp(device, await helpCookie.read(), findStamp(form), locale);
  if (result.kind === 'limited') redirect(`${path}?wait=${toWaitMinutes(result.retryAfterMs)}`);
  if (result.kind === 'outdated') return redirectToHelp(locale);
  if (result.newDraftToken !== undefined) await writeDraftToken(result.newDraftToken);
  await helpCookie.write(result.helpToken);
  redirect(getPathAfterCookie(findStamp(form), path, cookiesBefore));
});

/** The customer confirms that both screens show the same digits: the journey becomes a case of the agent. */
export const acceptHelp = createServerAction([localeArgument, formArgument], async (locale, form): Promise<void> => {
  const result = await acceptHelpRequest(await helpCookie.read(), findStamp(form));
  if (result.kind === 'outdated') return redirectToHelp(locale);
  await helpCookie.remove();
  await writeDeviceToken(result.deviceToken);
  redirect(getPagePath(locale, result.next));
});

/** The customer continues alone: the code no longer works. */
export const cancelHelpRequest = createServerAction(
  [localeArgument, formArgument],
  async (locale, form): Promise<void> => {
    const { draftToken } = await readCustomerDevice();
    const result = await cancelHelp(draftToken, await helpCookie.read(), findStamp(form));
    if (result.kind === 'outdated') return redirectToHelp(locale);
    await helpCookie.remove();
    redirect(getPagePath(locale, result.next));
  },
);

const getHelpPath = (locale: Locale) => `/${locale}/continue/help`;

/** After a form of another request: the page shows the present state, or asks for cookies. */
async function redirectToHelp(locale: Locale): Promise<never> {
  redirect(getPathAfterOutdatedForm(locale, getHelpPath(locale), await countCookies()));
}
