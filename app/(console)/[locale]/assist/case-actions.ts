'use server';

import { redirect } from 'next/navigation';
import type { StepFormResult } from '@/components/form/step-form';
import { authorizeAgent, recordAgentAction } from '@/lib/auth/agent-authorization';
import { getEnv } from '@/lib/config/env';
import { getJourneyContext, getSpelling } from '@/lib/config/journey-context';
import { startStep } from '@/lib/domain/assist/start-step';
import { readForm, toFieldErrors } from '@/lib/domain/form-input';
import { formatUpstreamPhone } from '@/lib/domain/phone/phone';
import { findTooLongFields, removeDisallowedTexts } from '@/lib/domain/steps/step';
import { getEnrolmentState } from '@/lib/domain/upstream-responses/catalogue';
import {
  caseArgument,
  deviceArgument,
  formArgument,
  localeArgument,
  previousArgument,
} from '@/lib/http/action-arguments';
import { createServerAction } from '@/lib/http/server-action';
import { getStore } from '@/lib/store/store';
import { getRaasClient } from '@/lib/upstream/upstream-from-env';
import { getCasePath, runCaseAction } from '@/lib/use-cases/agent/open-case';
import { recordJourneyEvent } from '@/lib/use-cases/customer/record-journey-event';

/** Begins a case for a phone, or goes on with the one that this shop has open for it. */
export const startCase = createServerAction(
  [localeArgument, previousArgument, formArgument],
  async (locale, _previous, form): Promise<StepFormResult | undefined> => {
    const context = getJourneyContext(new Date());
    const input = readForm(form, startStep.fields);
    const parsed = startStep.schema(context).safeParse(input);
    const tooLong = findTooLongFields(startStep, input);
    if (!parsed.success || Object.keys(tooLong).length > 0) {
      const errors = { ...toFieldErrors(parsed.error?.issues ?? []), ...tooLong };
      return { values: removeDisallowedTexts(startStep, input, context), errors };
    }
    const { phoneNumber, spoken: lang } = parsed.data;
    const session = await authorizeAgent(locale, 'case.start');
    const { cases, drafts } = await getStore();
    const existingCase = await cases.findOpenByPhone(phoneNumber, session.shop);
    const id = existingCase?.id ?? crypto.randomUUID();
    await recordAgentAction(session, 'case.start', { caseId: id, fields: ['phoneNumber'], source: 'agent' });
    if (!existingCase) {
      const phone = readForm(form, ['phoneCountry', 'phoneNumber']);
      const partialSteps = { identity: { input: phone, errors: {} } };
      const token = await drafts.create({ steps: {}, typed: partialSteps });
      const { shop, subject: agent } = session;
      await cases.create({ id, shop, agent }, { token, phone: phoneNumber, name: '', lang: lang });
      await recordJourneyEvent({ token, kind: 'begun', step: null, lang: lang }, { shop, agent });
    }
    redirect(`/${locale}/assist/cases/${id}`);
  },
);

/** Makes a new way in for the customer's device. */
export const handOver = createServerAction([localeArgument, caseArgument], async (locale, id): Promise<void> => {
  await runCaseAction(locale, id, 'case.handOver', {}, async () => (await getStore()).handovers.create(id));
  redirect(getCasePath(locale, id, 'hand-over'));
});

/** Gives the case to the device whose digits the customer has read out. The others that opened the link stay out. */
export const confirmDevice = createServerAction(
  [localeArgument, caseArgument, deviceArgument],
  async (locale, id, deviceId): Promise<void> => {
    await runCaseAction(locale, id, 'case.confirm', {}, async () => (await getStore()).handovers.confirm(id, deviceId));
    redirect(getCasePath(locale, id, 'hand-over'));
  },
);

/** Takes the case back: no way in leads to it any more, and the device that has it is out. */
export const stopHandOver = createServerAction([localeArgument, caseArgument], async (locale, id): Promise<void> => {
  await runCaseAction(locale, id, 'case.stop', {}, async () => (await getStore()).handovers.stop(id));
  redirect(getCasePath(locale, id, 'hand-over'));
});

/** Asks the upstream how far a customer is whose details were delivered: never about anybody else. */
export const askStatus = createServerAction([localeArgument, caseArgument], async (locale, id): Promise<void> => {
  const enrolment = await runCaseAction(locale, id, 'case.status', {}, async (_session, { customer }) => {
    const user = await getRaasClient().findUser(
      formatUpstreamPhone(customer.phone, getSpelling()),
      getEnv().RAAS_LOOKUP_MS,
    );
    return user.kind === 'present' ? getEnrolmentState(user.status) : user.kind === 'absent' ? 'running' : 'failed';
  });
  redirect(`${getCasePath(locale, id, 'hand-over')}?enrolment=${enrolment}`);
});
