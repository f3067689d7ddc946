'use server';

import { redirect } from 'next/navigation';
import { recordCustomerAction } from '@/lib/auth/agent-authorization';
import { getCaseForDevice, writeDevice, writeDraftToken } from '@/lib/auth/draft-cookie';
import { hasConsole } from '@/lib/auth/identity-provider';
import { handoverCookie } from '@/lib/auth/short-cookies';
import { getJourneyContext } from '@/lib/config/journey-context';
import { getJourneyProgress } from '@/lib/domain/journey';
import { toWaitMinutes } from '@/lib/domain/retry-time';
import { formArgument, localeArgument } from '@/lib/http/action-arguments';
import { createServerAction } from '@/lib/http/server-action';
import { getPagePath } from '@/lib/i18n/paths';
import { countAttempt } from '@/lib/rate-limits/count-attempt';
import { getStore } from '@/lib/store/store';
import { addDeviceToHandover } from '@/lib/use-cases/customer/add-device-to-handover';
import { checkForm, checkTokenForm, countCookies, getPathAfterCookie } from '@/lib/use-cases/customer/form-check';

/** Takes a short code that the agent has read out. Wrong ones are counted; a right one always works. */
export const redeemCode = createServerAction([localeArgument, formArgument], async (locale, form): Promise<void> => {
  if (!hasConsole()) redirect(`/${locale}`);
  const cookiesBefore = await countCookies();
  const { handovers } = await getStore();
  const handover = await handovers.findByCode(String(form.get('code') ?? '').slice(0, 40));
  if (!handover) {
    const retryAfterMs = await countAttempt('codeAddress');
    const problem = retryAfterMs === undefined ? 'problem=gone' : `wait=${toWaitMinutes(retryAfterMs)}`;
    redirect(`/${locale}/continue?${problem}`);
  }
  if (!(await addDeviceToHandover(handover))) redirect(`/${locale}/continue?problem=gone`);
  redirect(getPathAfterCookie(form, `/${locale}/continue`, cookiesBefore));
});

/** The agent has confirmed this device: from now on it has the case. */
export const enterCase = createServerAction([localeArgument, formArgument], async (locale, form): Promise<void> => {
  const token = await handoverCookie.read();
  // Another hand-over was opened in another tab: its page has its own digits.
  if (checkTokenForm(form, token) === 'another') return redirect(`/${locale}/continue`);
  const { handovers, cases, drafts } = await getStore();
  const device = token === undefined ? undefined : await handovers.findDevice(token);
  const deviceCase = device?.state === 'confirmed' ? await cases.findById(device.caseId) : undefined;
  // Another tab of this device may have entered it first.
  if (token === undefined || !deviceCase) {
    return redirect((await getCaseForDevice()) ? getPagePath(locale, 'identity') : `/${locale}/continue`);
  }
  await handoverCookie.remove();
  await recordCustomerAction(deviceCase, 'case.opened');
  await writeDevice(token);
  const now = new Date();
  const draft = await drafts.find(deviceCase.customer.token);
  const { firstOpenStep } = getJourneyProgress(draft?.content.steps ?? {}, getJourneyContext(now), now.toISOString());
  redirect(getPagePath(locale, firstOpenStep));
});

/** The customer goes on alone: the journey stays on this device, the agent sees no more of it. */
export const continueAlone = createServerAction([localeArgument, formArgument], async (locale, form): Promise<void> => {
  const origin = await checkForm(form);
  if (origin !== 'current') redirect(`/${locale}?another`);
  const deviceCase = await getCaseForDevice();
  if (deviceCase) {
    const { handovers, cases } = await getStore();
    await recordCustomerAction(deviceCase, 'case.left');
    await handovers.stop(deviceCase.id);
    await cases.close(deviceCase);
    await writeDraftToken(deviceCase.customer.token, 'own');
  }
  redirect(`/${locale}`);
});
