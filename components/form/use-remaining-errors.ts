import { type RefObject, useCallback, useEffect, useRef, useState } from 'react';
import type { FieldErrors } from '@/lib/domain/form-input';
import { isTouched } from './is-form-touched';
import { findRemainingErrors } from './remaining-errors';

/**
 * Returns the errors that the customer has not corrected yet. They disappear while the customer types; new errors appear only
 * when the form is posted.
 *
 * @param shown the errors of the last post; the same object until the next one
 * @param findErrors returns the form's current errors
 * @param hostedFields another object whenever the vault's fields may have changed
 */
export function useRemainingErrors(
  element: RefObject<HTMLFormElement | null>,
  shown: FieldErrors,
  findErrors: (form: FormData) => FieldErrors,
  hostedFields: unknown,
): FieldErrors {
  const [remaining, setRemaining] = useState({ shown, errors: shown });
  const errors = remaining.shown === shown ? remaining.errors : shown;
  const latest = useRef({ errors, findErrors, previous: shown });
  latest.current.errors = errors;
  latest.current.findErrors = findErrors;

  const recheckFields = useCallback(
    (changed: readonly string[]) => {
      const { current } = latest;
      if (!element.current || Object.keys(current.errors).length === 0) return;
      const now = current.findErrors(new FormData(element.current));
      const uncorrected = findRemainingErrors({
        shown: current.errors,
        previous: current.previous,
        current: now,
        changed,
      });
      current.previous = now;
      if (uncorrected === current.errors) return;
      current.errors = uncorrected;
      setRemaining({ shown, errors: uncorrected });
    },
    [element, shown],
  );

  const isMounted = useRef(false);
  useEffect(() => {
    const isFirst = !isMounted.current;
    isMounted.current = true;
    const form = element.current;
    if (!form || Object.keys(shown).length === 0) return undefined;
    latest.current.previous = latest.current.findErrors(new FormData(form));
    // Fields that the customer changed before the script arrived. Later, what differs from the page was posted with the error.
    if (isFirst) recheckFields([...form.elements].filter(isTouched).map(getName));
    return onInput(form, recheckFields);
  }, [element, shown, recheckFields]);

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
