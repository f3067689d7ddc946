import { type FieldErrors, readForm, toFieldErrors } from '@/lib/domain/form-input';
import type { JourneyContext } from '@/lib/domain/journey-context';
import { isAllowedInField, type SendableStep, type Step } from '@/lib/domain/steps/step';

export const NO_ERRORS: FieldErrors = {};

export const hasErrors = (errors: FieldErrors): boolean => Object.keys(errors).length > 0;

/** Returns the schema's errors of a form. */
export function validateForm(
  schema: ReturnType<SendableStep['schema']>,
  fields: readonly string[],
  form: Pick<FormData, 'get'>,
): FieldErrors {
  const parsed = schema.safeParse(readForm(form, fields));
  return parsed.success ? NO_ERRORS : toFieldErrors(parsed.error.issues);
}

/**
 * Returns the form without card numbers in fields that must not contain them. The browser also posts the hidden field of a
 * choice that the customer did not make.
 */
export function removeCardNumbers(
  form: FormData,
  step: Pick<Step, 'ownNumbers' | 'fields'>,
  context: JourneyContext,
): FormData {
  const copy = new FormData();
  for (const [name, value] of form)
    copy.append(name, typeof value === 'string' && !isAllowedInField(step, name, value, context) ? '' : value);
  return copy;
}
