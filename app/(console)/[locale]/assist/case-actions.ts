'use server';

import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import { authorizeAgent } from '@/lib/auth/agent-authorization';
import {
  type CasePage,
  caseArgument,
  casePageArgument,
  deviceArgument,
  formArgument,
  localeArgument,
  previousArgument,
} from '@/lib/http/action-arguments';
import { createServerAction } from '@/lib/http/server-action';
import type { Locale } from '@/lib/i18n/routing';
import { checkEnrolment } from '@/lib/use-cases/agent/check-enrolment';
import { getCasePath, getOpenedPath, getPathAfterAction } from '@/lib/use-cases/agent/console-paths';
import { confirmHandoverDevice, startHandover, stopHandover } from '@/lib/use-cases/agent/hand-over';
import { openCustomerOfForm } from '@/lib/use-cases/agent/open-customer';
import type { RejectedForm } from '@/lib/use-cases/customer/rejected-form';

/** Opens the customer whose phone, name or code the agent typed. A phone without an open case starts one. */
export const startCase = createServerAction(
  [localeArgument, previousArgument, formArgument],
  async (locale, _previous, form): Promise<RejectedForm | undefined> => {
    const { session } = await authorizeAgent({ locale, action: 'case.start' });
    const opened = await openCustomerOfForm(session, form);
    if (opened.kind !== 'invalid') return redirect(getOpenedPath(locale, opened));
    return { values: opened.values, errors: opened.errors };
  },
);

/** Creates a hand-over to the customer's device, and returns to the page on which the agent asked for it. */
export const handOver = createServerAction(
  [localeArgument, caseArgument, casePageArgument],
  async (locale, caseId, page): Promise<void> => {
    const access = await authorizeAgent({ locale, action: 'case.handOver', caseId });
    leaveAfterAction(locale, caseId, page, await startHandover(access));
  },
);

/** Hands the case over to the device whose digits the customer has read out. */
export const confirmDevice = createServerAction(
  [localeArgument, caseArgument, deviceArgument, casePageArgument],
  async (locale, caseId, deviceId, page): Promise<void> => {
    const access = await authorizeAgent({ locale, action: 'case.confirm', caseId });
    leaveAfterAction(locale, caseId, page, await confirmHandoverDevice(access, deviceId));
  },
);

/** Takes the case back from the customer's device. */
export const stopHandOver = createServerAction(
  [localeArgument, caseArgument],
  async (locale, caseId): Promise<void> => {
    const access = await authorizeAgent({ locale, action: 'case.stop', caseId });
    redirect(getPathAfterAction(locale, caseId, await stopHandover(access)));
  },
);

/** A step's page stays as it is, so that the agent's half-typed form is not lost: only what the server rendered changes. */
function leaveAfterAction(locale: Locale, caseId: string, page: CasePage, result: { kind: string }): void {
  if (page === 'hand-over' || result.kind === 'closed') redirect(getPathAfterAction(locale, caseId, result));
  revalidatePath(getCasePath(locale, caseId, page));
}

/** Shows the enrolment state of a customer whose details were delivered. */
export const askStatus = createServerAction([localeArgument, caseArgument], async (locale, caseId): Promise<void> => {
  const access = await authorizeAgent({ locale, action: 'case.status', caseId });
  const result = await checkEnrolment(access);
  const query = result.kind === 'done' ? `?enrolment=${result.result}` : '';
  redirect(getPathAfterAction(locale, caseId, result) + query);
});
