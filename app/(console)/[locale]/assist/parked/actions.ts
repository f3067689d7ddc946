'use server';

import { redirect } from 'next/navigation';
import { withAgentAuthorization } from '@/lib/auth/agent-authorization';
import { caseArgument, formArgument, localeArgument } from '@/lib/http/action-arguments';
import { createServerAction } from '@/lib/http/server-action';
import { resolveReview } from '@/lib/use-cases/agent/resolve-review';

/** Applies a supervisor's decision to a submission that needs review. */
export const resolveParked = createServerAction(
  [localeArgument, caseArgument, formArgument],
  async (locale, caseId, form): Promise<void> => {
    const decision = { decision: String(form.get('decision')), isConfirmed: form.get('isSure') === 'yes' };
    const { kind } = await withAgentAuthorization({ locale, action: 'parked.resolve', caseId }, ({ session }) =>
      resolveReview(session, caseId, decision),
    );
    const path = `/${locale}/assist/parked`;
    if (kind === 'resolved') redirect(path);
    const reference = encodeURIComponent(String(form.get('reference')));
    redirect(`${path}?problem=${kind}${kind === 'choose' ? `&of=${reference}` : ''}`);
  },
);
