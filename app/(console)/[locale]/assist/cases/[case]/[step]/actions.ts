'use server';

import { revalidatePath } from 'next/cache';
import { RedirectType, redirect } from 'next/navigation';
import { hasLocale } from 'next-intl';
import { getLeaveTarget, TO_START, TOUCHED } from '@/components/form/form-names';
import type { StepFormResult } from '@/components/form/step-form';
import { journeyContext } from '@/lib/config/journey-context';
import { labelOf } from '@/lib/domain/assist/label-of';
import { fieldText, readForm, readShownErrors } from '@/lib/domain/form-input';
import { FOR_ANOTHER, markId } from '@/lib/domain/form-stamp';
import { isStepId, type StepId, stepOf } from '@/lib/domain/steps';
import {
  caseArgument,
  formArgument,
  localeArgument,
  previousArgument,
  stepArgument,
} from '@/lib/http/action-arguments';
import { guarded } from '@/lib/http/guarded-action';
import { type Locale, localeOf, routing } from '@/lib/i18n/routing';
import { store } from '@/lib/store/store';
import { actOnCase, casePath } from '@/lib/use-cases/agent/open-case';
import { findStamp } from '@/lib/use-cases/customer/form-check';
import { noteEvent } from '@/lib/use-cases/customer/record-journey-event';
import { keepTyped, notCounted } from '@/lib/use-cases/customer/save-partial-step';
import { saveStep } from '@/lib/use-cases/customer/save-step';
import { toFormResult } from '../../../../../../(customer)/[locale]/to-form-result';

/** Keeps a step of a customer's journey, as the customer's own page does, and writes down who filled it in. */
export const saveCaseStep = guarded(
  [localeArgument, caseArgument, stepArgument, previousArgument, formArgument],
  async (locale, id, stepId, _previous, form): Promise<StepFormResult | undefined> => {
    if (!isStepId(stepId) || stepId === 'card') redirect(`/${locale}/assist`);
    const { fields } = stepOf(stepId);
    const now = new Date();
    const context = journeyContext(now);
    const input = readForm(form, fields);
    const filled = fields.filter((field) => fieldText(input, field) !== '');
    const other = getLeaveTarget(form);
    const touched = form.get(TOUCHED);
    if (other !== undefined && touched === '0') redirect(getLeavePath(locale, id, stepId, other));
    const deed = { fields: filled, source: 'agent' } as const;
    type Done = StepFormResult | { goTo: string };
    const done = await actOnCase(locale, id, 'case.fill', deed, async (session, found): Promise<Done> => {
      const { cases, drafts, ledger } = await store();
      const tools = { drafts, ledger, countDraft: notCounted, context, now };
      const { token } = found.customer;
      const subject = markId(session.id);
      const stamp = findStamp(form);
      // Another agent has signed in since the form was drawn: they look at it before it is saved under their name.
      const seen = stamp && (stamp.subject === subject ? stamp.seen : FOR_ANOTHER);
      if (other !== undefined) {
        const errors = readShownErrors(form, fields);
        const kept = await keepTyped(tools, { token, stepId, input, errors, seen });
        if (kept.kind === 'changed' && touched === null) return { goTo: getLeavePath(locale, id, stepId, other) };
        if (kept.kind !== 'kept') return toFormResult(kept, subject);
        return { goTo: getLeavePath(locale, id, stepId, other) };
      }
      const result = await saveStep(tools, { token, stepId, input, seen });
      const { customer } = found;
      const told = { token, step: stepId, lang: customer.lang };
      if (result.kind === 'held') return { goTo: casePath(locale, id, 'hand-over') };
      if (result.kind === 'limited' || result.kind === 'changed') return toFormResult(result, subject);
      if (result.kind === 'invalid') {
        await noteEvent({ ...told, kind: 'invalid', fields: Object.keys(result.errors) }, found);
        return toFormResult(result, subject);
      }
      await noteEvent({ ...told, kind: 'taken' }, found);
      if (stepId === 'identity') await cases.relabel(found, { ...customer, ...labelOf(input, context, customer) });
      return { goTo: casePath(locale, id, result.next) };
    });
    if ('errors' in done) return done;
    // Without a cookie that changes, Back would bring the page as it was before this answer.
    revalidatePath(`/${locale}/assist/cases/${id}`, 'layout');
    const isOtherLanguage = hasLocale(routing.locales, getLeaveTarget(form));
    redirect(done.goTo, isOtherLanguage ? RedirectType.replace : undefined);
  },
);

/** Where a half-filled form was left for: the list, another page of the case, or the same page in another language. */
function getLeavePath(locale: Locale, id: string, stepId: StepId, other: string): string {
  if (other === TO_START) return `/${locale}/assist`;
  return isStepId(other) ? casePath(locale, id, other) : casePath(localeOf(other), id, stepId);
}
