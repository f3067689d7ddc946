import 'server-only';
import { type FieldErrors, type FormInput, getFieldText, readForm, readShownErrors } from '../../domain/form-input.ts';
import type { FormStamp } from '../../domain/form-stamp.ts';
import { getStep, type StepId } from '../../domain/steps/index.ts';
import { findStamp } from './form-check.ts';

/** The posted form of one step. */
export type PostedStep = {
  stepId: StepId;
  input: FormInput;
  /** Errors that the page showed. */
  shownErrors: FieldErrors;
  stamp: FormStamp | undefined;
};

export const readPostedStep = (stepId: StepId, form: FormData): PostedStep => ({
  stepId,
  input: readForm(form, getStep(stepId).fields),
  shownErrors: readShownErrors(form, getStep(stepId).fields),
  stamp: findStamp(form),
});

/** Returns whether a posted form has a field of the step. After a release, other forms of the step's page are posted there, too. */
export const hasStepFields = (stepId: StepId, form: FormData): boolean =>
  getStep(stepId).fields.some((field) => form.has(field));

/** Lists the fields that have a text. */
export const listFilledFields = ({ stepId, input }: Pick<PostedStep, 'stepId' | 'input'>): string[] =>
  getStep(stepId).fields.filter((field) => getFieldText(input, field) !== '');
