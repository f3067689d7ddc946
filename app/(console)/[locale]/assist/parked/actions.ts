'use server';

import { redirect } from 'next/navigation';
import { asAgent } from '@/lib/auth/current-agent';
import { caseArgument, formArgument, localeArgument } from '@/lib/http/action-arguments';
import { guarded } from '@/lib/http/guarded-action';
import type { Decision } from '@/lib/store/operations';
import { store } from '@/lib/store/store';

const DECIDABLE: readonly Decision[] = ['delivered', 'refused', 'again'];

/** Ends a parked submission as a supervisor has decided. Who may send again is back on the list. */
export const resolveParked = guarded(
  [localeArgument, caseArgument, formArgument],
  async (locale, id, form): Promise<void> => {
    const decision = DECIDABLE.find((name) => name === form.get('decision'));
    const reference = String(form.get('reference'));
    const problem = await asAgent(locale, 'parked.resolve', { caseId: id }, async (session) => {
      if (!decision || form.get('isSure') !== 'yes') return `?problem=choose&of=${encodeURIComponent(reference)}`;
      const { cases, operations } = await store();
      const found = (await cases.unsettled(session.shop)).find((waiting) => waiting.id === id);
      const resolution = found ? await operations.resolve(found.submissionId, decision) : 'not-parked';
      if (!found || resolution === 'not-parked') return '?problem=changed';
      if (resolution === 'phone-held') return '?problem=phone-held';
      if (decision === 'again') await cases.reopen(found);
      return '';
    });
    redirect(`/${locale}/assist/parked${problem}`);
  },
);
