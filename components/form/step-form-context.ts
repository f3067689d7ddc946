'use client';

import { createContext, type ReactNode, useContext } from 'react';
import { type FieldErrors, type FormInput, getFieldText } from '@/lib/domain/form-input';

type StepFormState = {
  errors: FieldErrors;
  values: FormInput;
  /** Fields that the customer cannot change: a partner said them. */
  locked: readonly string[];
  /** At the console: what stands beside a question, by its name. */
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
 * What one field of the step needs. Its input has a name and no more of the form library's: that would set a choice back
 * that was made before the script arrived, to what it was when the page was drawn.
 */
export function useField(name: string) {
  const { errors, values, locked, agentPrompts } = useStepForm();
  const error = errors[name];
  // An agent's browser keeps nothing of a customer's, and offers nobody's details to the next one.
  const input = agentPrompts ? { name, autoComplete: 'off' } : { name };
  return { error, value: getFieldText(values, name), isLocked: locked.includes(name), input };
}

/** What stands beside a question. */
export const AgentPromptSlot = ({ name }: { name: string }) => useStepForm().agentPrompts?.[name];

/** Ids are made from names, so that a summary can link to a field and a label can name it. */
export const getFieldId = (name: string) => name.replaceAll('.', '-');

/** The element of a field, when the form has it: the page itself is the truth about what is typed. */
export const findInput = (name: string) => document.getElementById(getFieldId(name)) as HTMLInputElement | null;
