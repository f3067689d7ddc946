'use server';

import { redirect } from 'next/navigation';
import { recordCustomer } from '@/lib/auth/current-agent';
import { handedCase, writeDevice, writeDraftToken } from '@/lib/auth/draft-cookie';
import { hasConsole } from '@/lib/auth/identity-provider';
import { handoverCookie } from '@/lib/auth/short-cookies';
import { journeyContext } from '@/lib/config/journey-context';
import { walk } from '@/lib/domain/journey';
import { toWaitMinutes } from '@/lib/domain/wait';
import { formArgument, localeArgument } from '@/lib/http/action-arguments';
import { guarded } from '@/lib/http/guarded-action';
import { pagePath } from '@/lib/i18n/paths';
import { takeAttempt } from '@/lib/rate-limits/take-attempt';
import { store } from '@/lib/store/store';
import { joinHandover } from '@/lib/use-cases/customer/accept-handover';
import { checkForm, checkTokenForm, countCookies, getPathAfterCookie } from '@/lib/use-cases/customer/form-check';

/** Takes a short code that the agent has read out. Wrong ones are counted; a right one always works. */
export const redeemCode = guarded([localeArgument, formArgument], async (locale, form): Promise<void> => {
  if (!hasConsole()) redirect(`/${locale}`);
  const cookiesBefore = await countCookies();
  const { handovers } = await store();
  const found = await handovers.findByCode(String(form.get('code') ?? '').slice(0, 40));
  if (!found) {
    const retryAfterMs = await takeAttempt('codeAddress');
    const problem = retryAfterMs === undefined ? 'problem=gone' : `wait=${toWaitMinutes(retryAfterMs)}`;
    redirect(`/${locale}/continue?${problem}`);
  }
  if (!(await joinHandover(found))) redirect(`/${locale}/continue?problem=gone`);
  redirect(getPathAfterCookie(form, `/${locale}/continue`, cookiesBefore));
});

/** The agent has confirmed this device: from now on it has the case. */
export const enterCase = guarded([localeArgument, formArgument], async (locale, form): Promise<void> => {
  const token = await handoverCookie.read();
  // Another hand-over was opened in another tab: its page has its own digits.
  if (checkTokenForm(form, token) === 'another') return redirect(`/${locale}/continue`);
  const { handovers, cases, drafts } = await store();
  const device = token === undefined ? undefined : await handovers.findDevice(token);
  const handed = device?.state === 'confirmed' ? await cases.byId(device.caseId) : undefined;
  // Another tab of this device may have entered it first.
  if (token === undefined || !handed) {
    return redirect((await handedCase()) ? pagePath(locale, 'identity') : `/${locale}/continue`);
  }
  await handoverCookie.drop();
  await recordCustomer(handed, 'case.opened');
  await writeDevice(token);
  const now = new Date();
  const draft = await drafts.find(handed.customer.token);
  const { open } = walk(draft?.content.steps ?? {}, journeyContext(now), now.toISOString());
  redirect(pagePath(locale, open));
});

/** The customer goes on alone: the journey stays on this device, the agent sees no more of it. */
export const goOnAlone = guarded([localeArgument, formArgument], async (locale, form): Promise<void> => {
  const origin = await checkForm(form);
  if (origin !== 'current') redirect(`/${locale}?another`);
  const handed = await handedCase();
  if (handed) {
    const { handovers, cases } = await store();
    await recordCustomer(handed, 'case.left');
    await handovers.stop(handed.id);
    await cases.close(handed);
    await writeDraftToken(handed.customer.token, 'own');
  }
  redirect(`/${locale}`);
});
