'use server';

import { RedirectType, redirect } from 'next/navigation';
import { SHOWN_ERRORS, SWITCH_TO } from '@/components/form/form-names';
import type { StepFormResult } from '@/components/form/step-form';
import { asAgent, requireCase } from '@/lib/assist/current-agent';
import { casePath } from '@/lib/assist/open-case';
import { journeyContext } from '@/lib/config/journey-context';
import { startStep } from '@/lib/domain/assist/start-step';
import { fieldText, readErrors, readForm, toFieldErrors } from '@/lib/domain/form-input';
import { isStepId, stepOf } from '@/lib/domain/steps';
import { keepable } from '@/lib/domain/steps/step';
import { localeOf } from '@/lib/i18n/routing';
import { keepTyped } from '@/lib/onboarding/keep-typed';
import { saveStep } from '@/lib/onboarding/save-step';
import { store } from '@/lib/store/store';

/** Begins a case for a phone, or goes on with the one that this shop has open for it. */
export async function startCase(
  givenLocale: string,
  _before: StepFormResult | undefined,
  form: FormData,
): Promise<StepFormResult | undefined> {
  const locale = localeOf(givenLocale);
  const context = journeyContext(new Date());
  const input = readForm(form, startStep.fields);
  const parsed = startStep.schema(context).safeParse(input);
  if (!parsed.success) {
    return { values: keepable(startStep, input, context), errors: toFieldErrors(parsed.error.issues) };
  }
  const { phoneNumber, spoken } = parsed.data;
  const id = await asAgent(locale, 'case.start', { fields: ['phoneNumber'], source: 'agent' }, async (session) => {
    const { cases, drafts } = await store();
    const open = await cases.openOf(phoneNumber, session.shop);
    if (open) return open.id;
    const typed = { identity: { input: { phoneNumber: fieldText(input, 'phoneNumber') }, errors: {} } };
    const customer = { token: await drafts.create({ steps: {}, typed }), phone: phoneNumber, name: '', lang: spoken };
    return cases.create({ shop: session.shop, agent: session.subject }, customer);
  });
  redirect(`/${locale}/assist/cases/${id}`);
}

/** Makes a new way in for the customer's device. */
export async function handOver(givenLocale: string, id: string): Promise<void> {
  const locale = localeOf(givenLocale);
  await asAgent(locale, 'case.handOver', { caseId: id }, async () => (await store()).handovers.create(id));
  redirect(casePath(locale, id, 'hand-over'));
}

/** Takes the case back: no way in leads to it any more, and the device that has it is out. */
export async function stopHandOver(givenLocale: string, id: string): Promise<void> {
  const locale = localeOf(givenLocale);
  await asAgent(locale, 'case.stop', { caseId: id }, async () => (await store()).handovers.stop(id));
  redirect(casePath(locale, id, 'hand-over'));
}

/** Leaves a customer: the case is no longer on the list. What they told stays theirs. */
export async function closeCase(givenLocale: string, id: string): Promise<void> {
  const locale = localeOf(givenLocale);
  await asAgent(locale, 'case.close', { caseId: id }, async () => (await store()).cases.close({ id }));
  redirect(`/${locale}/assist`);
}

/** Keeps a step of a customer's journey, as the customer's own page does, and writes down who filled it in. */
export async function saveCaseStep(
  givenLocale: string,
  id: string,
  stepId: string,
  _before: StepFormResult | undefined,
  form: FormData,
): Promise<StepFormResult | undefined> {
  const locale = localeOf(givenLocale);
  if (!isStepId(stepId) || stepId === 'card') redirect(`/${locale}/assist`);
  const { fields } = stepOf(stepId);
  const now = new Date();
  const context = journeyContext(now);
  const input = readForm(form, fields);
  const filled = fields.filter((field) => fieldText(input, field) !== '');
  const deed = { caseId: id, fields: filled, source: 'agent' } as const;
  type Done = StepFormResult | { goTo: string };
  const done = await asAgent(locale, 'case.fill', deed, async (session): Promise<Done> => {
    const { cases, drafts, ledger } = await store();
    const found = await requireCase(locale, session, id);
    const tools = { drafts, ledger, context, now };
    const { token } = found.customer;
    const other = form.get(SWITCH_TO);
    if (typeof other === 'string') {
      const errors = readErrors(String(form.get(SHOWN_ERRORS) ?? ''), fields);
      await keepTyped(tools, { token, stepId, input, errors });
      return { goTo: casePath(localeOf(other), id, stepId) };
    }
    const result = await saveStep(tools, { token, stepId, input });
    if (result.kind === 'invalid') return { values: result.values, errors: result.errors };
    if (result.kind === 'held') return { goTo: `/${locale}/assist` };
    if (stepId === 'identity') {
      const answer = stepOf('identity').schema(context).safeParse(input);
      const { firstName, lastName, phoneNumber } = (answer.data ?? {}) as Record<string, string>;
      const name = [firstName, lastName].filter(Boolean).join(' ');
      await cases.relabel(found, { ...found.customer, name, phone: phoneNumber ?? found.customer.phone });
    }
    return { goTo: casePath(locale, id, result.next) };
  });
  if ('errors' in done) return done;
  redirect(done.goTo, form.has(SWITCH_TO) ? RedirectType.replace : undefined);
}
