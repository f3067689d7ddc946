import type { StepFormResult } from '@/components/form/step-form';
import { toWaitMinutes } from '@/lib/domain/wait';
import type { KeepTypedResult } from '@/lib/onboarding/keep-typed';

type NotTaken = Exclude<KeepTypedResult, { kind: 'kept' }>;

/** What the page shows of a form that was not taken. */
export function toFormResult(result: NotTaken): StepFormResult {
  const { kind, values } = result;
  if (kind === 'invalid') return { values, errors: result.errors };
  return { values, errors: {}, waitMinutes: toWaitMinutes(result.retryAfterMs) };
}
