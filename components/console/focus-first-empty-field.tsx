'use client';

import { useEffect } from 'react';
import { STEP_FORM_ID } from '@/components/form/form-names';

const EDITABLE_SELECTOR = ':is(input:not([type=hidden]), select):not([readonly], :disabled)';

/** Focuses the first empty field, so that agents can use the keyboard alone. A focused element, such as the error summary, keeps it. */
export function FocusFirstEmptyField() {
  useEffect(() => {
    const form = document.getElementById(STEP_FORM_ID);
    const inputs = [...(form?.querySelectorAll<HTMLInputElement>(EDITABLE_SELECTOR) ?? [])];
    const isEmpty = (input: HTMLInputElement) => input.type === 'radio' || input.value === '';
    if (document.activeElement === document.body) inputs.find(isEmpty)?.focus();
  }, []);
  return null;
}
