import { RedirectType, type redirect } from 'next/navigation';
import { DOCUMENT_TARGET, getLeaveTarget, HELP_TARGET, START_TARGET } from '@/components/form/form-names';
import { toRetryTime, toWaitMinutes } from '@/lib/domain/retry-time';
import { isStepId, type StepId } from '@/lib/domain/steps';
import { getPagePath } from '@/lib/i18n/paths';
import { type Locale, toLocale } from '@/lib/i18n/routing';
import type { SaveStepFormResult } from '@/lib/use-cases/customer/save-step-form';
import type { ReviewResult } from '@/lib/use-cases/customer/submit-application';

type Redirect = Parameters<typeof redirect>;

/** Returns the redirect after a step's form was saved or left. */
export function getStepRedirect(
  locale: Locale,
  stepId: StepId,
  form: FormData,
  result: Exclude<SaveStepFormResult, { kind: 'rejected' }>,
): Redirect {
  switch (result.kind) {
    case 'another':
      return [`/${locale}?another`];
    case 'locked':
      return [getPagePath(locale, 'outcome')];
    case 'saved':
      return [getPagePath(locale, result.next)];
    case 'left':
      return getLeaveRedirect(locale, stepId, getLeaveTarget(form) ?? START_TARGET);
  }
}

/** The customer left the form for help, the start, another page, or the same page in another language. */
function getLeaveRedirect(locale: Locale, stepId: StepId, target: string): Redirect {
  if (target === HELP_TARGET) return [`/${locale}/continue/help`];
  if (target === START_TARGET) return [`/${locale}`];
  if (target === DOCUMENT_TARGET) return [getPagePath(locale, 'document')];
  if (isStepId(target)) return [getPagePath(locale, target)];
  return [getPagePath(toLocale(target), stepId), RedirectType.replace];
}

/** Returns the path or the session link to which the customer goes after a submission. */
export function getSubmitTarget(locale: Locale, result: ReviewResult): string {
  const outcomePath = getPagePath(locale, 'outcome');
  const reviewPath = getPagePath(locale, 'review');
  switch (result.kind) {
    case 'another':
      return `/${locale}?another`;
    case 'no-draft':
      return `/${locale}`;
    case 'changed':
      return `${reviewPath}?changed`;
    case 'reworded':
      return `${reviewPath}?reworded`;
    case 'linked':
      return result.link;
    case 'incomplete':
      return getPagePath(locale, result.firstOpenStep);
    case 'refused':
      return result.step ? getPagePath(locale, result.step) : outcomePath;
    case 'not-sent':
      return `${outcomePath}?later=${toRetryTime(new Date(), result.retryAfterMs)}`;
    case 'phone-held':
      return `${outcomePath}?held=${toWaitMinutes(result.retryAfterMs)}`;
    case 'limited':
      return `${outcomePath}?wait=${toWaitMinutes(result.retryAfterMs)}`;
    case 'working':
      return outcomePath;
  }
}
