'use client';

import { useEffect } from 'react';
import { STEP_FORM_ID } from '@/components/form/form-names';

const OPEN = ':is(input:not([type=hidden]), select):not([readonly], :disabled)';

/**
 * Puts the cursor into the first box that is still empty: at the console hands stay on the keyboard. What has the focus
 * already, a summary of errors for one, keeps it.
 */
export function FocusFirst() {
  useEffect(() => {
    const form = document.getElementById(STEP_FORM_ID);
    const boxes = [...(form?.querySelectorAll<HTMLInputElement>(OPEN) ?? [])];
    const isEmpty = (box: HTMLInputElement) => box.type === 'radio' || box.value === '';
    if (document.activeElement === document.body) boxes.find(isEmpty)?.focus();
  }, []);
  return null;
}
