'use server';

import { redirect } from 'next/navigation';
import { countCookies } from '@/lib/auth/count-cookies';
import { readCustomerDevice } from '@/lib/auth/customer-device';
import { writeDeviceToken, writeOwnDraftToken } from '@/lib/auth/draft-cookie';
import { hasConsole } from '@/lib/auth/identity-provider';
import { handoverCookie } from '@/lib/auth/short-cookies';
import { toWaitMinutes } from '@/lib/domain/retry-time';
import { formArgument, localeArgument } from '@/lib/http/action-arguments';
import { createServerAction } from '@/lib/http/server-action';
import { getPagePath } from '@/lib/i18n/paths';
import { enterConfirmedCase, leaveCase } from '@/lib/use-cases/customer/enter-case';
import { findStamp, getPathAfterCookie, getPathAfterOutdatedForm } from '@/lib/use-cases/customer/form-check';
import { joinHandoverByCode } from '@/lib/use-cases/customer/join-handover';

/** Adds this device to the hand-over whose short code the agent has read out. */
export const redeemCode = createServerAction([localeArgument, formArgument], async (locale, form): Promise<void> => {
  if (!hasConsole()) redirect(`/${locale}`);
  const [cookiesBefore, previousToken] = [await countCookies(), await handoverCookie.read()];
  const { clientIp } = await readCustomerDevice();
  const path = `/${locale}/continue`;
  const result = await joinHandoverByCode(String(form.get('code') ?? ''), { previousToken, clientIp });
  if (result.kind === 'limited') redirect(`${path}?wait=${toWaitMinutes(result.retryAfterMs)}`);
  if (result.kind !== 'joined') redirect(`${path}?problem=gone`);
  if (result.token !== undefined) await handoverCookie.write(result.token);
  redirect(getPathAfterCookie(findStamp(form), path, cookiesBefore));
});

/** Lets this device into the case for which the agent has confirmed it. */
export const enterCase = createServerAction([localeArgument, formArgument], async (locale, form): Promise<void> => {
  const { deviceCase } = await readCustomerDevice();
  const result = await enterConfirmedCase(await handoverCookie.read(), deviceCase, findStamp(form));
  if (result.kind === 'waiting')
    redirect(getPathAfterOutdatedForm(locale, `/${locale}/continue`, await countCookies()));
  if (result.kind === 'entered-before') redirect(getPagePath(locale, 'identity'));
  await handoverCookie.remove();
  await writeDeviceToken(result.token);
  redirect(getPagePath(locale, result.next));
});

/** The customer continues alone: the draft stays on this device, and the agent no longer sees it. */
export const continueAlone = createServerAction([localeArgument, formArgument], async (locale, form): Promise<void> => {
  const result = await leaveCase(await readCustomerDevice(), findStamp(form));
  if (result.kind === 'left') await writeOwnDraftToken(result.draftToken);
  redirect(result.kind === 'another' ? `/${locale}?another` : `/${locale}`);
});
