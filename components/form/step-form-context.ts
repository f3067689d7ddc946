'use client';

import { createContext, useContext } from 'react';
import type { UseFormRegister } from 'react-hook-form';
import { type FieldErrors, type FormInput, fieldText } from '@/lib/domain/form-input';

type StepFormState = {
  register: UseFormRegister<FormInput>;
  errors: FieldErrors;
  values: FormInput;
  /** Fields that the customer cannot change: a partner said them. */
  locked: readonly string[];
};

export const StepFormContext = createContext<StepFormState | null>(null);

export function useStepForm(): StepFormState {
  const state = useContext(StepFormContext);
  if (!state) throw new Error('A field stands outside of a step form');
  return state;
}

/** What one field of the step needs: its error, its first value, whether it is locked, and the props that tie its input to the form. */
export function useField(name: string) {
  const { register, errors, values, locked } = useStepForm();
  const error = errors[name];
  return { error, value: fieldText(values, name), isLocked: locked.includes(name), input: register(name) };
}

/** Ids are made from names, so that a summary can link to a field and a label can name it. */
export const fieldId = (name: string) => name.replaceAll('.', '-');

/** The element of a field, when the form has it: the page itself is the truth about what is typed. */
export const inputOf = (name: string) => document.getElementById(fieldId(name)) as HTMLInputElement | null;
