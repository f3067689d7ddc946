'use server';

import { redirect } from 'next/navigation';
import { withAgentAuthorization } from '@/lib/auth/agent-authorization';
import { toWaitMinutes } from '@/lib/domain/retry-time';
import { formArgument, localeArgument } from '@/lib/http/action-arguments';
import { createServerAction } from '@/lib/http/server-action';
import { claimHelpRequest } from '@/lib/use-cases/agent/claim-help-request';

/** Claims the request for help behind a customer's code. The customer still has to accept the agent. */
export const takeOver = createServerAction([localeArgument, formArgument], async (locale, form): Promise<void> => {
  const code = String(form.get('code') ?? '');
  const result = await withAgentAuthorization({ locale, action: 'case.takeOver' }, ({ session }) =>
    claimHelpRequest(session, code),
  );
  if (result.kind === 'claimed') redirect(`/${locale}/assist/take-over/${result.id}`);
  if (result.kind === 'limited') redirect(`/${locale}/assist?wait=${toWaitMinutes(result.retryAfterMs)}`);
  redirect(`/${locale}/assist?code=gone`);
});
