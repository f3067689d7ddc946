'use client';

import { Field, getDescriptionIds } from './field';
import { getFieldId, useField } from './step-form-context';

type Props = {
  name: string;
  label: string;
  hint?: string;
  optional?: boolean;
  autoComplete: string;
  options: readonly { value: string; label: string }[];
};

/** A native select, which phones show in their own way. */
export function SelectField({ name, label, hint, optional, autoComplete, options }: Props) {
  const { error, value, isLocked, input } = useField(name);
  return (
    <Field name={name} label={label} hint={hint} optional={optional} error={error}>
      <select
        // React applies `defaultValue` to a new element only.
        key={value}
        className={`control ${isLocked ? 'control-locked' : ''}`}
        autoComplete={autoComplete}
        {...input}
        id={getFieldId(name)}
        defaultValue={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={getDescriptionIds(name, hint, error)}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={isLocked && option.value !== value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  );
}
