'use server';

import { redirect } from 'next/navigation';
import type { StepFormResult } from '@/components/form/step-form';
import { agentFor, record } from '@/lib/auth/current-agent';
import { env } from '@/lib/config/env';
import { journeyContext, spelling } from '@/lib/config/journey-context';
import { startStep } from '@/lib/domain/assist/start-step';
import { readForm, toFieldErrors } from '@/lib/domain/form-input';
import { spellPhone } from '@/lib/domain/phone/phone';
import { findTooLong, keepable } from '@/lib/domain/steps/step';
import { enrolmentOf } from '@/lib/domain/upstream-responses/catalogue';
import {
  caseArgument,
  deviceArgument,
  formArgument,
  localeArgument,
  previousArgument,
} from '@/lib/http/action-arguments';
import { guarded } from '@/lib/http/guarded-action';
import { store } from '@/lib/store/store';
import { raas } from '@/lib/upstream/configured';
import { actOnCase, casePath } from '@/lib/use-cases/agent/open-case';
import { noteEvent } from '@/lib/use-cases/customer/record-journey-event';

/** Begins a case for a phone, or goes on with the one that this shop has open for it. */
export const startCase = guarded(
  [localeArgument, previousArgument, formArgument],
  async (locale, _previous, form): Promise<StepFormResult | undefined> => {
    const context = journeyContext(new Date());
    const input = readForm(form, startStep.fields);
    const parsed = startStep.schema(context).safeParse(input);
    const tooLong = findTooLong(startStep, input);
    if (!parsed.success || Object.keys(tooLong).length > 0) {
      const errors = { ...toFieldErrors(parsed.error?.issues ?? []), ...tooLong };
      return { values: keepable(startStep, input, context), errors };
    }
    const { phoneNumber, spoken } = parsed.data;
    const session = await agentFor(locale, 'case.start');
    const { cases, drafts } = await store();
    const open = await cases.openOf(phoneNumber, session.shop);
    const id = open?.id ?? crypto.randomUUID();
    await record(session, 'case.start', { caseId: id, fields: ['phoneNumber'], source: 'agent' });
    if (!open) {
      const phone = readForm(form, ['phoneCountry', 'phoneNumber']);
      const typed = { identity: { input: phone, errors: {} } };
      const token = await drafts.create({ steps: {}, typed });
      const { shop, subject: agent } = session;
      await cases.create({ id, shop, agent }, { token, phone: phoneNumber, name: '', lang: spoken });
      await noteEvent({ token, kind: 'begun', step: null, lang: spoken }, { shop, agent });
    }
    redirect(`/${locale}/assist/cases/${id}`);
  },
);

/** Makes a new way in for the customer's device. */
export const handOver = guarded([localeArgument, caseArgument], async (locale, id): Promise<void> => {
  await actOnCase(locale, id, 'case.handOver', {}, async () => (await store()).handovers.create(id));
  redirect(casePath(locale, id, 'hand-over'));
});

/** Gives the case to the device whose digits the customer has read out. The others that opened the link stay out. */
export const confirmDevice = guarded(
  [localeArgument, caseArgument, deviceArgument],
  async (locale, id, deviceId): Promise<void> => {
    await actOnCase(locale, id, 'case.confirm', {}, async () => (await store()).handovers.confirm(id, deviceId));
    redirect(casePath(locale, id, 'hand-over'));
  },
);

/** Takes the case back: no way in leads to it any more, and the device that has it is out. */
export const stopHandOver = guarded([localeArgument, caseArgument], async (locale, id): Promise<void> => {
  await actOnCase(locale, id, 'case.stop', {}, async () => (await store()).handovers.stop(id));
  redirect(casePath(locale, id, 'hand-over'));
});

/** Asks the upstream how far a customer is whose details were delivered: never about anybody else. */
export const askStatus = guarded([localeArgument, caseArgument], async (locale, id): Promise<void> => {
  const enrolment = await actOnCase(locale, id, 'case.status', {}, async (_session, { customer }) => {
    const user = await raas().findUser(spellPhone(customer.phone, spelling()), env().RAAS_LOOKUP_MS);
    return user.kind === 'present' ? enrolmentOf(user.status) : user.kind === 'absent' ? 'running' : 'failed';
  });
  redirect(`${casePath(locale, id, 'hand-over')}?enrolment=${enrolment}`);
});
