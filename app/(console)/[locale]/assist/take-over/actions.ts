'use server';

import { redirect } from 'next/navigation';
import { asAgent } from '@/lib/auth/current-agent';
import { toWaitMinutes } from '@/lib/domain/wait';
import { formArgument, localeArgument } from '@/lib/http/action-arguments';
import { guarded } from '@/lib/http/guarded-action';
import { takeAttempt } from '@/lib/rate-limits/take-attempt';
import { store } from '@/lib/store/store';

/** Takes the code that a customer shows. Wrong ones are counted; a right one always works. The customer still has to agree. */
export const takeOver = guarded([localeArgument, formArgument], async (locale, form): Promise<void> => {
  const path = await asAgent(locale, 'case.takeOver', {}, async ({ subject, shop }) => {
    const { helpRequests } = await store();
    const met = await helpRequests.meet(String(form.get('code') ?? '').slice(0, 40), subject, shop);
    if (met) return `/take-over/${met.id}`;
    const retryAfterMs = await takeAttempt('codeAgent', subject);
    return retryAfterMs === undefined ? '?code=gone' : `?wait=${toWaitMinutes(retryAfterMs)}`;
  });
  redirect(`/${locale}/assist${path}`);
});
