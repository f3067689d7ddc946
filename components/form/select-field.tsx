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

/** One of a list. The browser's own control: it is the best one on a phone. */
export function SelectField({ name, label, hint, optional, autoComplete, options }: Props) {
  const { error, value, isLocked, input } = useField(name);
  return (
    <Field name={name} label={label} hint={hint} optional={optional} error={error}>
      <select
        // Its first value is all that React ever gives to a list that it does not control.
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
