'use client';

import { useEffect } from 'react';
import { type DatePart, fillDateBoxes, goToNextDateBox } from './date-boxes';
import { ErrorText, getDescriptionIds, Hint, LABEL_CLASSES } from './field';
import { AgentPromptSlot, findInput, getFieldId, getKnownClass, useField } from './step-form-context';

type Part = { part: DatePart; label: string };
type Props = {
  name: string;
  label: string;
  hint: string;
  parts: readonly Part[];
  /** Parses a complete date from one text, if it contains one. */
  readWhole: (text: string) => Record<DatePart, string> | undefined;
};

/** Boxes as wide as their digits. They shrink and wrap, so that large text fits in a narrow window (WCAG 1.4.10). */
const WIDTH_CLASSES = {
  day: 'min-w-14 max-w-24 grow-2',
  month: 'min-w-14 max-w-24 grow-2',
  year: 'min-w-20 max-w-32 grow-3',
};
const AUTOCOMPLETE_TOKENS = { day: 'bday-day', month: 'bday-month', year: 'bday-year' };

/** A date in three fields (GOV.UK Design System, date input). A complete date pasted into one field fills all three. */
export function DateField({ name, label, hint, parts, readWhole }: Props) {
  const fields = [useField(`${name}.day`), useField(`${name}.month`), useField(`${name}.year`)];
  const error = fields.find((field) => field.error)?.error;
  const isKnown = fields.every((field) => field.isKnown);
  const partNames = parts.map(({ part }) => part);

  /** Returns false when the text is no complete date. */
  function setWholeDate(text: string): boolean {
    const date = readWhole(text);
    if (date) fillDateBoxes(name, date);
    return date !== undefined;
  }

  // Splits a date that was pasted into one field before the script arrived.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the form is there
  useEffect(() => {
    const texts = partNames.map((part) => findInput(`${name}.${part}`)?.value ?? '').filter(Boolean);
    if (texts.length === 1) setWholeDate(texts[0] ?? '');
  }, []);

  return (
    <fieldset
      className={`field ${getKnownClass(isKnown, error)}`}
      aria-describedby={getDescriptionIds(name, hint, error)}
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
        onInput={(event) => goToNextDateBox(event, name, partNames)}
        onPaste={(event) => setWholeDate(event.clipboardData.getData('text')) && event.preventDefault()}
      >
        {parts.map((part) => (
          <DateBox key={part.part} name={`${name}.${part.part}`} {...part} />
        ))}
      </div>
    </fieldset>
  );
}

function DateBox({ name, part, label }: Part & { name: string }) {
  const { error, value, isLocked, input } = useField(name);
  return (
    <div className={`w-0 ${WIDTH_CLASSES[part]}`}>
      <label htmlFor={getFieldId(name)} className="block text-sm">
        {label}
      </label>
      <input
        className="control"
        inputMode="numeric"
        enterKeyHint="next"
        autoComplete={AUTOCOMPLETE_TOKENS[part]}
        {...input}
        id={getFieldId(name)}
        defaultValue={value}
        readOnly={isLocked}
        aria-invalid={error ? true : undefined}
      />
    </div>
  );
}
