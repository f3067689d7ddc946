import type { FormEvent } from 'react';
import { setFieldValue } from './set-field-value';
import { findInput } from './step-form-context';

export type DatePart = 'day' | 'month' | 'year';

/** Two digits, or one that begins no day or month of two digits. */
const COMPLETE_PATTERNS: Partial<Record<DatePart, RegExp>> = { day: /^(\d\d|[4-9])$/, month: /^(\d\d|[2-9])$/ };

/** Returns whether a day or a month is complete, so that no further digit can follow. */
export const isCompletePart = (part: DatePart, text: string): boolean => COMPLETE_PATTERNS[part]?.test(text) ?? false;

/** Writes a date into its boxes. */
export function fillDateBoxes(name: string, date: Readonly<Record<DatePart, string>>): void {
  for (const part of ['day', 'month', 'year'] as const) {
    const input = findInput(`${name}.${part}`);
    if (input && !input.readOnly) setFieldValue(input, date[part]);
  }
}

/**
 * On a touch screen, goes on from a complete day or month to the next box if it is empty. With a keyboard people press Tab, and
 * would leave out a box.
 *
 * @param parts the boxes in the order of the page
 */
export function goToNextDateBox({ target, nativeEvent }: FormEvent, name: string, parts: readonly DatePart[]): void {
  const { inputType } = nativeEvent as InputEvent;
  const isTyped = inputType === 'insertText' || inputType === 'insertCompositionText';
  if (!isTyped || !(target instanceof HTMLInputElement) || !matchMedia('(pointer: coarse)').matches) return;
  const position = parts.findIndex((part) => target.name === `${name}.${part}`);
  const [current, next] = [parts[position], parts[position + 1]];
  if (!current || !next || !isCompletePart(current, target.value)) return;
  const nextInput = findInput(`${name}.${next}`);
  if (nextInput?.value === '') nextInput.focus();
}
