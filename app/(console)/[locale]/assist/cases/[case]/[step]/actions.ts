'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { readFormExit } from '@/app/(customer)/[locale]/onboarding/read-posted-form';
import { authorizeAgent } from '@/lib/auth/agent-authorization';
import {
  caseArgument,
  formArgument,
  localeArgument,
  previousArgument,
  stepArgument,
} from '@/lib/http/action-arguments';
import { createServerAction } from '@/lib/http/server-action';
import type { Locale } from '@/lib/i18n/routing';
import { startHandover } from '@/lib/use-cases/agent/hand-over';
import { saveCaseStepForm } from '@/lib/use-cases/agent/save-case-step-form';
import { readPostedStep } from '@/lib/use-cases/customer/posted-step';
import type { RejectedForm } from '@/lib/use-cases/customer/rejected-form';
import { getCaseStepRedirect, getLeavePath, isForCustomer } from './case-step-redirects';

/**
 * Saves a step of a customer's journey for the agent, who is recorded in the audit. After the agent's last step a hand-over begins:
 * the card, the consent and the submission are the customer's.
 */
export const saveCaseStep = createServerAction(
  [localeArgument, caseArgument, stepArgument, previousArgument, formArgument],
  async (locale, caseId, stepId, _previous, form): Promise<RejectedForm | undefined> => {
    if (stepId === 'card') redirect(`/${locale}/assist`);
    const exit = readFormExit(form);
    if (exit?.isTouched === false) redirect(getLeavePath(locale, caseId, stepId, form));
    const access = await authorizeAgent({ locale, action: 'case.fill', caseId });
    const result = await saveCaseStepForm(access, readPostedStep(stepId, form), exit);
    if (result.kind === 'rejected') return result.form;
    if (isForCustomer(result, form)) await beginHandover(locale, caseId);
    // No cookie changes, so without this Back would show the page from before this answer.
    revalidatePath(`/${locale}/assist/cases/${caseId}`, 'layout');
    return redirect(...getCaseStepRedirect(locale, caseId, stepId, form, result));
  },
);

async function beginHandover(locale: Locale, caseId: string) {
  await startHandover(await authorizeAgent({ locale, action: 'case.handOver', caseId }));
}
