'use client';

import type { InputHTMLAttributes, ReactNode } from 'react';
import { Field, getDescriptionIds } from './field';
import { getFieldId, useField } from './step-form-context';

type Props = {
  name: string;
  label: string;
  hint?: string | undefined;
  optional?: boolean;
  autoComplete: string;
  /** A fixed beginning of the answer, shown inside the box and not posted. */
  prefix?: string | undefined;
  /** Stands beside the box, which is narrow then. */
  sideContent?: ReactNode;
} & Pick<
  InputHTMLAttributes<HTMLInputElement>,
  'type' | 'inputMode' | 'list' | 'autoCapitalize' | 'spellCheck' | 'enterKeyHint'
>;

/** A text input that starts with the saved answer. It never changes the typed text. */
export function TextField({ name, label, hint, optional, prefix, sideContent, ...rest }: Props) {
  const { error, value, isLocked, input } = useField(name);
  return (
    <Field name={name} label={label} hint={hint} optional={optional} error={error}>
      <div className={`relative ${sideContent ? 'flex flex-wrap items-center gap-x-3' : ''}`}>
        {prefix ? (
          <span
            aria-hidden="true"
            className="pointer-events-none absolute inset-y-0 left-3.5 flex items-center text-quiet"
          >
            {prefix}
          </span>
        ) : null}
        <input
          className={`control ${prefix ? 'pl-14' : ''} ${sideContent ? 'w-28' : ''}`}
          enterKeyHint="next"
          {...rest}
          {...input}
          id={getFieldId(name)}
          defaultValue={value}
          readOnly={isLocked}
          aria-invalid={error ? true : undefined}
          aria-describedby={getDescriptionIds(name, hint, error)}
        />
        {sideContent}
      </div>
    </Field>
  );
}

/** A text input for a name, with automatic capitals and without spelling checks. */
export function NameField(props: Omit<Props, 'autoCapitalize' | 'spellCheck'>) {
  return <TextField {...props} autoCapitalize="words" spellCheck={false} />;
}
