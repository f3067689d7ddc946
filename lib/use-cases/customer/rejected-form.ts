import 'server-only';
import type { FieldErrors, FormInput } from '../../domain/form-input.ts';
import { buildReplacementMark, writeStamp } from '../../domain/form-stamp.ts';
import { toWaitMinutes } from '../../domain/retry-time.ts';
import type { SavePartialStepResult } from './save-partial-step.ts';
import type { SaveStepResult } from './save-step.ts';

/** A form that was not saved, as its page shows it again. */
export type RejectedForm = {
  values: FormInput;
  errors: FieldErrors;
  /** Too many drafts came from this address; after so many minutes there is room again. */
  waitMinutes?: number;
  /** The reason lies in no field. */
  problem?: 'changed' | 'begun';
  /** The stamp for the form's next post. */
  stamp?: string;
};

type UnsavedResult = Exclude<SavePartialStepResult | SaveStepResult, { kind: 'kept' | 'saved' | 'locked' }>;

/**
 * Builds the page's view of a form that was not saved.
 *
 * @param subject the present mark: an outdated form gets a new stamp, so that its next post counts
 */
export function toRejectedForm(result: UnsavedResult, subject: string): RejectedForm {
  const { kind, values } = result;
  if (kind === 'invalid') return { values, errors: result.errors };
  if (kind === 'limited') return { values, errors: {}, waitMinutes: toWaitMinutes(result.retryAfterMs) };
  return { values, errors: {}, problem: 'changed', stamp: writeStamp(subject, result.seen) };
}

/** Builds the view of a blank form after another page began an application. Its next post replaces that application. */
export const buildReplacementForm = (values: FormInput, subject: string): RejectedForm => ({
  values,
  errors: {},
  problem: 'begun',
  stamp: writeStamp(buildReplacementMark(subject)),
});
