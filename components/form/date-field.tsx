'use client';

import { type FormEvent, useEffect } from 'react';
import { ErrorText, getDescriptionIds, Hint, LABEL_CLASSES } from './field';
import { setFieldValue } from './set-field-value';
import { AgentPromptSlot, findInput, getFieldId, getKnownClass, useField } from './step-form-context';

type PartName = 'day' | 'month' | 'year';
type Props = {
  name: string;
  label: string;
  hint: string;
  parts: readonly { part: PartName; label: string }[];
  /** Parses a complete date from one text, if it contains one. */
  readWhole: (text: string) => Record<PartName, string> | undefined;
};

/** Boxes as wide as their digits. They shrink and wrap, so that large text fits in a narrow window (WCAG 1.4.10). */
const WIDTH_CLASSES = {
  day: 'min-w-14 max-w-24 grow-2',
  month: 'min-w-14 max-w-24 grow-2',
  year: 'min-w-20 max-w-32 grow-3',
};
const AUTOCOMPLETE_TOKENS = { day: 'bday-day', month: 'bday-month', year: 'bday-year' };

/** Returns whether no further digit can follow: two digits, or one that begins no day or month of two digits. */
const isCompletePart = (part: PartName, text: string) => {
  const patterns = { day: /^(\d\d|[4-9])$/, month: /^(\d\d|[2-9])$/, year: /^$/ };
  return patterns[part].test(text);
};

/** A date in three fields (GOV.UK Design System, date input). A complete date pasted into one field fills all three. */
export function DateField({ name, label, hint, parts, readWhole }: Props) {
  const fields = {
    day: useField(`${name}.day`),
    month: useField(`${name}.month`),
    year: useField(`${name}.year`),
  };
  /** Fills the fields from a complete date. Returns false when the text is none. */
  function setWholeDate(text: string): boolean {
    const whole = readWhole(text);
    for (const { part } of parts) {
      const input = findInput(`${name}.${part}`);
      if (input && whole && !input.readOnly) setFieldValue(input, whole[part]);
    }
    return whole !== undefined;
  }
  // Splits a date that was pasted into one field before the script arrived.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the form is there
  useEffect(() => {
    const [onlyText, ...otherTexts] = parts
      .map(({ part }) => findInput(`${name}.${part}`)?.value ?? '')
      .filter(Boolean);
    if (onlyText && otherTexts.length === 0) setWholeDate(onlyText);
  }, []);
  /** On a touch screen, goes on to the next empty box after the last digit of a day or a month. A keyboard has Tab. */
  function goToNextBox({ target, nativeEvent }: FormEvent) {
    const input = target as HTMLInputElement;
    const isTyped = nativeEvent instanceof InputEvent && nativeEvent.inputType === 'insertText';
    const position = parts.findIndex(({ part }) => `${name}.${part}` === input.name);
    const [current, next] = [parts[position], parts[position + 1]];
    if (!isTyped || !current || !next || !matchMedia('(pointer: coarse)').matches) return;
    const nextInput = findInput(`${name}.${next.part}`);
    if (isCompletePart(current.part, input.value) && nextInput?.value === '') nextInput.focus();
  }
  const error = fields.day.error ?? fields.month.error ?? fields.year.error;
  return (
    <fieldset
      aria-describedby={getDescriptionIds(name, hint, error)}
      className={getKnownClass(fields.day.isKnown, error)}
    >
      {/* A floated legend leaves room for the hint on its line. */}
      <legend className={`float-left mr-1.5 ${LABEL_CLASSES}`}>{label}</legend>
      <Hint name={name}>{hint}</Hint>
      <div className="clear-left">
        <AgentPromptSlot name={name} />
        <ErrorText name={name} error={error} />
      </div>
      <div
        className="flex flex-wrap gap-3"
        onInput={goToNextBox}
        onPaste={(event) => setWholeDate(event.clipboardData.getData('text')) && event.preventDefault()}
      >
        {parts.map(({ part, label: partLabel }) => (
          <div key={part} className={`w-0 ${WIDTH_CLASSES[part]}`}>
            <label htmlFor={getFieldId(`${name}.${part}`)} className="block text-sm">
              {partLabel}
            </label>
            <input
              className="control"
              inputMode="numeric"
              enterKeyHint="next"
              autoComplete={AUTOCOMPLETE_TOKENS[part]}
              {...fields[part].input}
              id={getFieldId(`${name}.${part}`)}
              defaultValue={fields[part].value}
              readOnly={fields[part].isLocked}
              aria-invalid={fields[part].error ? true : undefined}
            />
          </div>
        ))}
      </div>
    </fieldset>
  );
}
