import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { FieldErrors } from '@/lib/domain/form-input';
import { isTouched } from './is-form-touched';
import { findRemainingErrors } from './remaining-errors';
import type { HostedFields } from './use-step-submit';
import type { Validate } from './use-validation';

type Latest = {
  errors: FieldErrors;
  /** The form's errors at the previous check. */
  previous: FieldErrors;
  hostedFields: HostedFields | undefined;
  validate?: Validate | undefined;
};

/** Returns the form's current errors, or undefined before the validation has been loaded. */
function findErrors({ validate, hostedFields }: Latest, form: HTMLFormElement): FieldErrors | undefined {
  const errors = validate?.(new FormData(form));
  return errors && hostedFields ? hostedFields.validate(errors) : errors;
}

/** Removes the errors that a change has corrected. @returns the other errors, or undefined when none was corrected */
function removeCorrectedErrors(
  latest: Latest,
  form: HTMLFormElement,
  changed: readonly string[],
): FieldErrors | undefined {
  const { errors: shown, previous } = latest;
  if (Object.keys(shown).length === 0) return undefined;
  const current = findErrors(latest, form);
  if (!current) return undefined;
  const uncorrected = findRemainingErrors({ shown, previous, current, changed });
  latest.previous = current;
  if (uncorrected === shown) return undefined;
  latest.errors = uncorrected;
  return uncorrected;
}

/**
 * Returns the errors that the customer has not corrected yet. They disappear while the customer types; new errors appear only
 * when the form is posted.
 *
 * @param shown the errors of the last post; the same object until the next one
 * @param loadValidation loads the validation of the page's own fields
 * @param hostedFields another object whenever the vault's fields may have changed
 */
export function useRemainingErrors(
  element: RefObject<HTMLFormElement | null>,
  shown: FieldErrors,
  loadValidation: () => Promise<Validate | undefined>,
  hostedFields: HostedFields | undefined,
): FieldErrors {
  const [remaining, setRemaining] = useState({ shown, errors: shown });
  const errors = remaining.shown === shown ? remaining.errors : shown;
  const latest = useRef<Latest>({ errors, hostedFields, previous: shown });
  latest.current.errors = errors;
  latest.current.hostedFields = hostedFields;

  const recheckFields = useCallback(
    (changed: readonly string[]) => {
      const uncorrected = element.current && removeCorrectedErrors(latest.current, element.current, changed);
      if (uncorrected) setRemaining({ shown, errors: uncorrected });
    },
    [element, shown],
  );

  const isMounted = useRef(false);
  useEffect(() => {
    const isFirst = !isMounted.current;
    isMounted.current = true;
    const form = element.current;
    if (!form || Object.keys(shown).length === 0) return undefined;
    const { current } = latest;
    let removeListener: (() => void) | undefined = () => {};
    void loadValidation().then((validate) => {
      if (!removeListener) return;
      current.validate = validate;
      current.previous = findErrors(current, form) ?? shown;
      // Fields that the customer changed before the script arrived. Later, what differs from the page was posted with the error.
      if (isFirst) recheckFields([...form.elements].filter(isTouched).map(getName));
      removeListener = onInput(form, recheckFields);
    });
    return () => {
      removeListener?.();
      removeListener = undefined;
    };
  }, [element, shown, loadValidation, recheckFields]);

  // The frames of the vault send no input events; their state arrives by a render.
  useEffect(() => {
    if (hostedFields) recheckFields([]);
  }, [hostedFields, recheckFields]);

  return errors;
}

const getName = (control: Element): string => control.getAttribute('name') ?? '';

/** Calls back with the name of a field that changes. @returns a function that ends it */
function onInput(form: HTMLFormElement, callback: (changed: readonly string[]) => void): () => void {
  const listener = ({ target }: Event) => callback(target instanceof Element ? [getName(target)] : []);
  form.addEventListener('input', listener);
  form.addEventListener('change', listener);
  return () => {
    form.removeEventListener('input', listener);
    form.removeEventListener('change', listener);
  };
}
