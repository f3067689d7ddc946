import { type RefObject, useCallback, useEffect, useRef } from 'react';
import type { FieldErrors } from '@/lib/domain/form-input';
import type { JourneyContext } from '@/lib/domain/journey-context';
import type { Step } from '@/lib/domain/steps/step';
import { validateForm } from './validate-form';

/** Returns the schema's errors of a form. */
export type Validate = (form: FormData) => FieldErrors;

/**
 * Loads a step's schema when the customer begins to type or the form is posted, so that a page is ready before it.
 *
 * @returns a function that resolves with the validation, or with undefined when the schema cannot be loaded: then only the
 *   server validates
 */
export function useValidation(
  step: Pick<Step, 'fields' | 'loadSchema'>,
  context: JourneyContext,
  element: RefObject<HTMLFormElement | null>,
): () => Promise<Validate | undefined> {
  const loaded = useRef<{ context: JourneyContext; validate: Validate }>(undefined);
  const load = useCallback(async () => {
    try {
      if (loaded.current?.context !== context) {
        const schema = (await step.loadSchema())(context);
        loaded.current = { context, validate: (form) => validateForm(schema, step.fields, form) };
      }
    } catch {
      // The network is away, or the app was deployed again. The next call loads it again.
    }
    return loaded.current?.validate;
  }, [step, context]);

  useEffect(() => {
    const form = element.current;
    const loadOnce = () => void load();
    form?.addEventListener('input', loadOnce, { once: true });
    return () => form?.removeEventListener('input', loadOnce);
  }, [element, load]);
  return load;
}
