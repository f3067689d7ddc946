'use client';

import { createContext, type ReactNode, useContext } from 'react';
import { type FieldErrors, type FormInput, getFieldText } from '@/lib/domain/form-input';

type StepFormState = {
  errors: FieldErrors;
  values: FormInput;
  /** Fields from a partner's link, which the customer cannot change. */
  locked: readonly string[];
  /** Fields that the page does not ask, because the partner provided what they need. */
  knownFields: readonly string[];
  /** At the console: what an agent sees at a question, by field name. */
  agentPrompts: AgentPrompts | undefined;
};
export type AgentPrompts = Readonly<Record<string, ReactNode>>;

export const StepFormContext = createContext<StepFormState | null>(null);

export function useStepForm(): StepFormState {
  const state = useContext(StepFormContext);
  if (!state) throw new Error('A field stands outside of a step form');
  return state;
}

/**
 * Returns the state of one field. Inputs stay uncontrolled: React would reset a choice that the customer made before the
 * script arrived.
 */
export function useField(name: string) {
  const { errors, values, locked, knownFields, agentPrompts } = useStepForm();
  const error = errors[name];
  // An agent's browser must not store a customer's values or suggest them for the next customer.
  const input = agentPrompts ? { name, autoComplete: 'off' } : { name };
  return {
    error,
    value: getFieldText(values, name),
    isLocked: locked.includes(name),
    isKnown: knownFields.includes(name),
    input,
  };
}

/** The class of questions that the page does not ask; the fold above the form shows them (`app/globals.css`). */
export const getKnownClass = (isKnown: boolean, error: string | undefined) => (isKnown && !error ? 'known' : '');

/** Renders the prompt of a question. */
export const AgentPromptSlot = ({ name }: { name: string }) => useStepForm().agentPrompts?.[name];

/** Returns the id of a field's input, for labels and the error summary. */
export const getFieldId = (name: string) => name.replaceAll('.', '-');

/** Finds the input of a field, which holds its current value. */
export const findInput = (name: string) => document.getElementById(getFieldId(name)) as HTMLInputElement | null;
