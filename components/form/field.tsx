'use client';

import type { ReactNode } from 'react';
import { useTranslations } from '@/components/i18n/translations';
import { useErrorText } from '@/components/i18n/use-error-text';
import { AgentPromptSlot, getFieldId } from './step-form-context';

const getHintId = (name: string) => `${getFieldId(name)}-hint`;
const getErrorId = (name: string) => `${getFieldId(name)}-error`;

/** Returns the ids of the elements that describe an input, if any exists. */
export function getDescriptionIds(name: string, hint: unknown, error: unknown): string | undefined {
  return [hint ? getHintId(name) : '', error ? getErrorId(name) : ''].filter(Boolean).join(' ') || undefined;
}

export function ErrorText({ name, error }: { name: string; error: string | undefined }) {
  const errorText = useErrorText();
  if (!error) return null;
  return (
    <p id={getErrorId(name)} className="mt-2 font-medium text-danger">
      {errorText(error)}
    </p>
  );
}

export function Hint({ name, children }: { name: string; children: ReactNode }) {
  return (
    <p id={getHintId(name)} className="mb-2 text-quiet text-[0.9375rem]">
      {children}
    </p>
  );
}

export function OptionalMark() {
  const t = useTranslations('form');
  return <span className="font-normal text-quiet">{` ${t('optional')}`}</span>;
}

type Props = {
  name: string;
  label: string;
  hint?: string | undefined;
  optional?: boolean | undefined;
  error: string | undefined;
  children: ReactNode;
};

/** The label, hint and error of one control, associated with it (WCAG 1.3.1, 3.3.1, 3.3.2). */
export function Field({ name, label, hint, optional, error, children }: Props) {
  return (
    <div>
      <label htmlFor={getFieldId(name)} className="mb-1 block font-semibold">
        <span>{label}</span>
        {optional ? <OptionalMark /> : null}
      </label>
      {hint ? <Hint name={name}>{hint}</Hint> : null}
      <AgentPromptSlot name={name} />
      {children}
      <ErrorText name={name} error={error} />
      <AgentPromptSlot name={`${name}:below`} />
    </div>
  );
}
