'use server';

import { revalidatePath } from 'next/cache';
import { RedirectType, redirect } from 'next/navigation';
import { hasLocale } from 'next-intl';
import { getLeaveTarget, START_TARGET, TOUCHED_FIELD } from '@/components/form/form-names';
import type { StepFormResult } from '@/components/form/step-form';
import { getJourneyContext } from '@/lib/config/journey-context';
import { getCustomerLabel } from '@/lib/domain/assist/customer-label';
import { getFieldText, readForm, readShownErrors } from '@/lib/domain/form-input';
import { buildIdMark, OTHER_PERSON_MARK } from '@/lib/domain/form-stamp';
import { getStep, isStepId, type StepId } from '@/lib/domain/steps';
import {
  caseArgument,
  formArgument,
  localeArgument,
  previousArgument,
  stepArgument,
} from '@/lib/http/action-arguments';
import { createServerAction } from '@/lib/http/server-action';
import { type Locale, routing, toLocale } from '@/lib/i18n/routing';
import { getStore } from '@/lib/store/store';
import { getCasePath, runCaseAction } from '@/lib/use-cases/agent/open-case';
import { findStamp } from '@/lib/use-cases/customer/form-check';
import { recordJourneyEvent } from '@/lib/use-cases/customer/record-journey-event';
import { countNothing, savePartialStep } from '@/lib/use-cases/customer/save-partial-step';
import { saveStep } from '@/lib/use-cases/customer/save-step';
import { toFormResult } from '../../../../../../(customer)/[locale]/to-form-result';

/** Keeps a step of a customer's journey, as the customer's own page does, and writes down who filled it in. */
export const saveCaseStep = createServerAction(
  [localeArgument, caseArgument, stepArgument, previousArgument, formArgument],
  async (locale, id, stepId, _previous, form): Promise<StepFormResult | undefined> => {
    if (!isStepId(stepId) || stepId === 'card') redirect(`/${locale}/assist`);
    const { fields } = getStep(stepId);
    const now = new Date();
    const context = getJourneyContext(now);
    const input = readForm(form, fields);
    const filledFields = fields.filter((field) => getFieldText(input, field) !== '');
    const leaveTarget = getLeaveTarget(form);
    const touchedFlag = form.get(TOUCHED_FIELD);
    if (leaveTarget !== undefined && touchedFlag === '0') redirect(getLeavePath(locale, id, stepId, leaveTarget));
    const auditDetails = { fields: filledFields, source: 'agent' } as const;
    type StepOutcome = StepFormResult | { redirectPath: string };
    const outcome = await runCaseAction(
      locale,
      id,
      'case.fill',
      auditDetails,
      async (session, caseRecord): Promise<StepOutcome> => {
        const { cases, drafts, ledger } = await getStore();
        const tools = { drafts, ledger, countDraft: countNothing, context, now };
        const { token } = caseRecord.customer;
        const subject = buildIdMark(session.id);
        const stamp = findStamp(form);
        // Another agent has signed in since the form was drawn: they look at it before it is saved under their name.
        const answerMark = stamp && (stamp.subject === subject ? stamp.seen : OTHER_PERSON_MARK);
        if (leaveTarget !== undefined) {
          const errors = readShownErrors(form, fields);
          const partialResult = await savePartialStep(tools, { token, stepId, input, errors, seen: answerMark });
          if (partialResult.kind === 'changed' && touchedFlag === null)
            return { redirectPath: getLeavePath(locale, id, stepId, leaveTarget) };
          if (partialResult.kind !== 'kept') return toFormResult(partialResult, subject);
          return { redirectPath: getLeavePath(locale, id, stepId, leaveTarget) };
        }
        const result = await saveStep(tools, { token, stepId, input, seen: answerMark });
        const { customer } = caseRecord;
        const eventDetails = { token, step: stepId, lang: customer.lang };
        if (result.kind === 'held') return { redirectPath: getCasePath(locale, id, 'hand-over') };
        if (result.kind === 'limited' || result.kind === 'changed') return toFormResult(result, subject);
        if (result.kind === 'invalid') {
          await recordJourneyEvent(
            { ...eventDetails, kind: 'invalid', fields: Object.keys(result.errors) },
            caseRecord,
          );
          return toFormResult(result, subject);
        }
        await recordJourneyEvent({ ...eventDetails, kind: 'taken' }, caseRecord);
        if (stepId === 'identity')
          await cases.updateCustomer(caseRecord, { ...customer, ...getCustomerLabel(input, context, customer) });
        return { redirectPath: getCasePath(locale, id, result.next) };
      },
    );
    if ('errors' in outcome) return outcome;
    // Without a cookie that changes, Back would bring the page as it was before this answer.
    revalidatePath(`/${locale}/assist/cases/${id}`, 'layout');
    const isOtherLanguage = hasLocale(routing.locales, getLeaveTarget(form));
    redirect(outcome.redirectPath, isOtherLanguage ? RedirectType.replace : undefined);
  },
);

/** Where a half-filled form was left for: the list, another page of the case, or the same page in another language. */
function getLeavePath(locale: Locale, id: string, stepId: StepId, target: string): string {
  if (target === START_TARGET) return `/${locale}/assist`;
  return isStepId(target) ? getCasePath(locale, id, target) : getCasePath(toLocale(target), id, stepId);
}
