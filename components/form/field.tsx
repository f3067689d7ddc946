'use client';

import type { ReactNode } from 'react';
import { useErrorText } from '@/components/i18n/use-error-text';
import { useWords } from '@/components/i18n/words';
import { Aside, fieldId } from './step-form-context';

const hintId = (name: string) => `${fieldId(name)}-hint`;
const errorId = (name: string) => `${fieldId(name)}-error`;

/** The ids that describe an input, only those that exist. */
export function describedBy(name: string, hint: unknown, error: unknown): string | undefined {
  return [hint ? hintId(name) : '', error ? errorId(name) : ''].filter(Boolean).join(' ') || undefined;
}

export function ErrorText({ name, error }: { name: string; error: string | undefined }) {
  const errorText = useErrorText();
  if (!error) return null;
  return (
    <p id={errorId(name)} className="mt-2 font-medium text-danger">
      {errorText(error)}
    </p>
  );
}

export function Hint({ name, children }: { name: string; children: ReactNode }) {
  return (
    <p id={hintId(name)} className="mb-2 text-quiet text-[0.9375rem]">
      {children}
    </p>
  );
}

export function OptionalMark() {
  const t = useWords('form');
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

/** Label, hint and error around one control, tied together in this one place (WCAG 1.3.1, 3.3.1, 3.3.2). */
export function Field({ name, label, hint, optional, error, children }: Props) {
  return (
    <div>
      <label htmlFor={fieldId(name)} className="mb-1 block font-semibold">
        <span>{label}</span>
        {optional ? <OptionalMark /> : null}
      </label>
      {hint ? <Hint name={name}>{hint}</Hint> : null}
      <Aside name={name} />
      {children}
      <ErrorText name={name} error={error} />
      <Aside name={`${name}:below`} />
    </div>
  );
}
