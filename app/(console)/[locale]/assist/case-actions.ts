'use server';

import { redirect } from 'next/navigation';
import { authorizeAgent } from '@/lib/auth/agent-authorization';
import {
  caseArgument,
  deviceArgument,
  formArgument,
  localeArgument,
  previousArgument,
} from '@/lib/http/action-arguments';
import { createServerAction } from '@/lib/http/server-action';
import { checkEnrolment } from '@/lib/use-cases/agent/check-enrolment';
import { getPathAfterAction } from '@/lib/use-cases/agent/console-paths';
import { confirmHandoverDevice, startHandover, stopHandover } from '@/lib/use-cases/agent/hand-over';
import { readStartForm, startCaseForPhone } from '@/lib/use-cases/agent/start-case';
import type { RejectedForm } from '@/lib/use-cases/customer/rejected-form';

/** Starts a case for a phone, or continues the one that this shop has open for it. */
export const startCase = createServerAction(
  [localeArgument, previousArgument, formArgument],
  async (locale, _previous, form): Promise<RejectedForm | undefined> => {
    const result = readStartForm(form);
    if (result.kind === 'invalid') return { values: result.values, errors: result.errors };
    const { session } = await authorizeAgent({ locale, action: 'case.start' });
    const { caseId } = await startCaseForPhone(session, result.input);
    return redirect(`/${locale}/assist/cases/${caseId}`);
  },
);

/** Creates a hand-over to the customer's device. */
export const handOver = createServerAction([localeArgument, caseArgument], async (locale, caseId): Promise<void> => {
  const access = await authorizeAgent({ locale, action: 'case.handOver', caseId });
  redirect(getPathAfterAction(locale, caseId, await startHandover(access)));
});

/** Hands the case over to the device whose digits the customer has read out. */
export const confirmDevice = createServerAction(
  [localeArgument, caseArgument, deviceArgument],
  async (locale, caseId, deviceId): Promise<void> => {
    const access = await authorizeAgent({ locale, action: 'case.confirm', caseId });
    redirect(getPathAfterAction(locale, caseId, await confirmHandoverDevice(access, deviceId)));
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

/** Shows the enrolment state of a customer whose details were delivered. */
export const askStatus = createServerAction([localeArgument, caseArgument], async (locale, caseId): Promise<void> => {
  const access = await authorizeAgent({ locale, action: 'case.status', caseId });
  const result = await checkEnrolment(access);
  const query = result.kind === 'done' ? `?enrolment=${result.result}` : '';
  redirect(getPathAfterAction(locale, caseId, result) + query);
});
