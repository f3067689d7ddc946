'use client';

import type { ReactNode } from 'react';
import { useTranslations } from '@/components/i18n/translations';
import { useErrorText } from '@/components/i18n/use-error-text';
import { AgentPromptSlot, getFieldId, getKnownClass, useField } from './step-form-context';

/** The classes of a question, whether it is a label or a legend. */
export const LABEL_CLASSES = 'text-[0.9375rem] leading-snug font-semibold';

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
    <p id={getErrorId(name)} className="mb-1 text-[0.9375rem] leading-snug font-medium text-danger">
      {errorText(error)}
    </p>
  );
}

export function Hint({ name, children }: { name: string; children: ReactNode }) {
  return (
    <p id={getHintId(name)} className="text-[0.8125rem] text-quiet">
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

/**
 * The label, hint and error of one control, associated with it (WCAG 1.3.1, 3.3.1, 3.3.2). The error stands above the control,
 * where the keyboard of a phone does not cover it.
 */
export function Field({ name, label, hint, optional, error, children }: Props) {
  const { isKnown } = useField(name);
  return (
    <div className={`field ${getKnownClass(isKnown, error)}`}>
      <div className="mb-0.5 flex flex-wrap items-baseline gap-x-1.5">
        <label htmlFor={getFieldId(name)} className={LABEL_CLASSES}>
          <span>{label}</span>
          {optional ? <OptionalMark /> : null}
        </label>
        {hint ? <Hint name={name}>{hint}</Hint> : null}
      </div>
      <AgentPromptSlot name={name} />
      <ErrorText name={name} error={error} />
      {children}
    </div>
  );
}
