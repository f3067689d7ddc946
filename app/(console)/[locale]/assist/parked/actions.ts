'use server';

import { redirect } from 'next/navigation';
import { withAgentAuthorization } from '@/lib/auth/agent-authorization';
import { caseArgument, formArgument, localeArgument } from '@/lib/http/action-arguments';
import { createServerAction } from '@/lib/http/server-action';
import { getStore } from '@/lib/store/store';
import type { Decision } from '@/lib/store/submissions/resolve';

const DECISIONS: readonly Decision[] = ['delivered', 'refused', 'again'];

/** Ends a parked submission as a supervisor has decided. Who may send again is back on the list. */
export const resolveParked = createServerAction(
  [localeArgument, caseArgument, formArgument],
  async (locale, id, form): Promise<void> => {
    const decision = DECISIONS.find((name) => name === form.get('decision'));
    const reference = String(form.get('reference'));
    const problem = await withAgentAuthorization(locale, 'parked.resolve', { caseId: id }, async (session) => {
      if (!decision || form.get('isSure') !== 'yes') return `?problem=choose&of=${encodeURIComponent(reference)}`;
      const { cases, submissionAdmin } = await getStore();
      const unsettledCase = (await cases.listUnresolved(session.shop)).find((candidate) => candidate.id === id);
      const resolution = unsettledCase
        ? await submissionAdmin.resolve(unsettledCase.submissionId, decision)
        : 'not-parked';
      if (!unsettledCase || resolution === 'not-parked') return '?problem=changed';
      if (resolution === 'phone-held') return '?problem=phone-held';
      if (decision === 'again') await cases.reopen(unsettledCase);
      return '';
    });
    redirect(`/${locale}/assist/parked${problem}`);
  },
);
