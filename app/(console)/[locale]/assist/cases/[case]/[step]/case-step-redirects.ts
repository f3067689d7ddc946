import { RedirectType, type redirect } from 'next/navigation';
import { DOCUMENT_TARGET, getLeaveTarget, HAND_OVER_TARGET, START_TARGET } from '@/components/form/form-names';
import { isStepId, type StepId } from '@/lib/domain/steps';
import { findLocale, type Locale, toLocale } from '@/lib/i18n/routing';
import { getCasePath, getNextCustomerPath, getPathAfterAction } from '@/lib/use-cases/agent/console-paths';
import type { SaveCaseStepResult } from '@/lib/use-cases/agent/save-case-step-form';

type Redirect = Parameters<typeof redirect>;

/** Returns the redirect after a step of a case was saved or left. */
export function getCaseStepRedirect(
  locale: Locale,
  caseId: string,
  stepId: StepId,
  form: FormData,
  result: Exclude<SaveCaseStepResult, { kind: 'rejected' }>,
): Redirect {
  const isOtherLanguage = findLocale(getLeaveTarget(form)) !== undefined;
  if (result.kind === 'saved')
    return [getCasePath(locale, caseId, isForCustomer(result, form) ? HAND_OVER_TARGET : result.next)];
  if (result.kind !== 'left') return [getPathAfterAction(locale, caseId, result)];
  const path = getLeavePath(locale, caseId, stepId, form);
  return isOtherLanguage ? [path, RedirectType.replace] : [path];
}

/** The agent left the form for the next customer, the hand-over, another page of the case, or the same page in another language. */
export function getLeavePath(locale: Locale, caseId: string, stepId: StepId, form: FormData): string {
  const target = getLeaveTarget(form) ?? START_TARGET;
  if (target === START_TARGET) return getNextCustomerPath(locale);
  if (target === HAND_OVER_TARGET) return getCasePath(locale, caseId, HAND_OVER_TARGET);
  if (target === DOCUMENT_TARGET) return getCasePath(locale, caseId, DOCUMENT_TARGET);
  return isStepId(target) ? getCasePath(locale, caseId, target) : getCasePath(toLocale(target), caseId, stepId);
}

/** Tells whether the customer continues on their own device: no step is left for the agent, or the agent hands over. */
export const isForCustomer = (result: SaveCaseStepResult, form: FormData): boolean =>
  result.kind === 'saved'
    ? result.next === 'card' || result.next === 'review'
    : result.kind === 'left' && getLeaveTarget(form) === HAND_OVER_TARGET;
