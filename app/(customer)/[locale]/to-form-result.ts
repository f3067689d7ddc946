import type { StepFormResult } from '@/components/form/step-form';
import { writeStamp } from '@/lib/domain/form-stamp';
import { toWaitMinutes } from '@/lib/domain/retry-time';
import type { SavePartialStepResult } from '@/lib/use-cases/customer/save-partial-step';
import type { SaveStepResult } from '@/lib/use-cases/customer/save-step';

type UnsavedResult = Exclude<SavePartialStepResult | SaveStepResult, { kind: 'kept' | 'saved' | 'held' }>;

/**
 * What the page shows of a form that was not taken.
 *
 * @param subject what the form is about now: one that is outdated gets a stamp of today, so that its next post counts
 */
export function toFormResult(result: UnsavedResult, subject: string): StepFormResult {
  const { kind, values } = result;
  if (kind === 'invalid') return { values, errors: result.errors };
  if (kind === 'limited') return { values, errors: {}, waitMinutes: toWaitMinutes(result.retryAfterMs) };
  return { values, errors: {}, problem: 'changed', stamp: writeStamp(subject, result.seen) };
}
