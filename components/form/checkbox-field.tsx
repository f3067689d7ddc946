'use client';

import { CHECKBOX_VALUE } from '@/lib/domain/form-input';
import { getFieldId, getKnownClass, useField } from './step-form-context';

/** A checkbox with a large target. */
export function CheckboxField({ name, label }: { name: string; label: string }) {
  const { error, value, isKnown, input } = useField(name);
  return (
    <label className={`flex min-h-11 cursor-pointer items-center gap-3 ${getKnownClass(isKnown, error)}`}>
      <input
        // React applies `defaultChecked` to a new element only.
        key={value}
        type="checkbox"
        className="size-5 shrink-0 accent-accent"
        {...input}
        id={getFieldId(name)}
        value={CHECKBOX_VALUE}
        defaultChecked={value !== ''}
      />
      <span>{label}</span>
    </label>
  );
}
