import { type FormEvent, type RefObject, useState } from 'react';
import type { FieldErrors } from '@/lib/domain/form-input';
import type { JourneyContext } from '@/lib/domain/journey-context';
import type { Step } from '@/lib/domain/steps/step';
import type { RejectedForm } from '@/lib/use-cases/customer/rejected-form';
import { canKeepCookies } from './can-keep-cookies';
import { getLeaveTarget, TOUCHED_FIELD } from './form-names';
import { isFormTouched } from './is-form-touched';
import { useAutosave, waitForAutosave } from './use-autosave';
import { useFormPost } from './use-form-post';
import { useValidation, type Validate } from './use-validation';
import { hasErrors, NO_ERRORS, removeCardNumbers } from './validate-form';

/** Posts a form. After the server has accepted it, it redirects; otherwise it returns the form as the page shows it again. */
export type StepAction = (previous: RejectedForm | undefined, form: FormData) => Promise<RejectedForm | undefined>;

/** Fields that a vendor's frames hold. They join the form as tokens. */
export type HostedFields = {
  /** Returns the errors to show before the tokens exist: those of the frames and the schema's errors of the other fields. */
  validate: (schemaErrors: FieldErrors) => FieldErrors;
  /** Returns a copy of the form with the tokens, or the reason why there are none. */
  tokenize: (form: FormData) => Promise<{ form: FormData } | { errors: FieldErrors }>;
};

type Options = {
  step: Pick<Step, 'fields' | 'loadSchema' | 'ownNumbers' | 'scripted'>;
  context: JourneyContext;
  action: StepAction;
  hostedFields?: HostedFields | undefined;
  stamp?: string | undefined;
  keepPath?: string | undefined;
};

/** Validates the form and adds the tokens of the vault's fields. */
async function prepareForm(
  form: FormData,
  validate: Validate,
  hostedFields: HostedFields | undefined,
): Promise<{ form: FormData; errors: FieldErrors }> {
  const errors = hostedFields ? hostedFields.validate(validate(form)) : validate(form);
  if (!hostedFields || hasErrors(errors)) return { form, errors };
  const result = await hostedFields.tokenize(form);
  return 'errors' in result ? { form, errors: result.errors } : { form: result.form, errors: validate(result.form) };
}

/** Validates a step's form, tokenizes the card and posts the form. Partial forms are saved when the customer leaves the page. */
export function useStepSubmit(
  { step, context, action, hostedFields, stamp, keepPath }: Options,
  element: RefObject<HTMLFormElement | null>,
) {
  const [validation, setValidation] = useState({ errors: NO_ERRORS, attempts: 0 });
  const [isPreparing, setPreparing] = useState(false);
  const loadValidation = useValidation(step, context, element);

  const { isPending, result, post } = useFormPost(postStep, () => {
    isPosted.current = false;
  });
  const currentStamp = (typeof result === 'object' ? result.stamp : undefined) ?? stamp;
  const removeCards = (form: FormData) => removeCardNumbers(form, step, context);
  const readData = (form: HTMLFormElement) => removeCards(new FormData(form));
  const isPosted = useAutosave(element, { keepPath, stamp: currentStamp, readData });

  async function postStep(form: FormData): Promise<RejectedForm | 'cookies' | undefined> {
    if (!canKeepCookies()) return 'cookies';
    isPosted.current = true;
    await waitForAutosave();
    return action(undefined, form);
  }

  async function validateAndPost(formOfPage: FormData) {
    setPreparing(true);
    const { form, errors } = await prepareForm(formOfPage, (await loadValidation()) ?? (() => NO_ERRORS), hostedFields);
    setPreparing(false);
    setValidation(({ attempts }) => ({ errors, attempts: attempts + 1 }));
    if (!hasErrors(errors)) post(removeCards(form));
  }

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isPending || isPreparing) return undefined;
    const { submitter } = event.nativeEvent as SubmitEvent;
    const form = event.currentTarget;
    const data = new FormData(form, submitter);
    if (getLeaveTarget(data) === undefined) return void validateAndPost(data);
    data.set(TOUCHED_FIELD, isFormTouched(form) ? '1' : '0');
    return post(removeCards(data));
  }

  return { isPending, isBusy: isPending || isPreparing, result, validation, loadValidation, onSubmit };
}
