'use server';

import { redirect } from 'next/navigation';
import { withAgentAuthorization } from '@/lib/auth/agent-authorization';
import { toWaitMinutes } from '@/lib/domain/retry-time';
import { formArgument, localeArgument } from '@/lib/http/action-arguments';
import { createServerAction } from '@/lib/http/server-action';
import { countAttempt } from '@/lib/rate-limits/count-attempt';
import { getStore } from '@/lib/store/store';

/** Takes the code that a customer shows. Wrong ones are counted; a right one always works. The customer still has to agree. */
export const takeOver = createServerAction([localeArgument, formArgument], async (locale, form): Promise<void> => {
  const path = await withAgentAuthorization(locale, 'case.takeOver', {}, async ({ subject, shop }) => {
    const { helpRequests } = await getStore();
    const helpRequest = await helpRequests.claim(String(form.get('code') ?? '').slice(0, 40), subject, shop);
    if (helpRequest) return `/take-over/${helpRequest.id}`;
    const retryAfterMs = await countAttempt('codeAgent', subject);
    return retryAfterMs === undefined ? '?code=gone' : `?wait=${toWaitMinutes(retryAfterMs)}`;
  });
  redirect(`/${locale}/assist${path}`);
});
