'use client';

import type { ReactNode } from 'react';
import { ErrorText, getDescriptionIds, Hint, LABEL_CLASSES, OptionalMark } from './field';
import { AgentPromptSlot, getFieldId, getKnownClass, useField } from './step-form-context';

type Choice = { value: string; label: string; hint?: string; icon?: ReactNode; children?: ReactNode };
type Props = {
  name: string;
  label: string;
  /** The page's title already asks the question, so the legend is for screen readers only. */
  hideLabel?: boolean;
  /** Not shown when the answer is locked: then there is nothing to choose. */
  hint?: string | undefined;
  optional?: boolean;
  choices: readonly Choice[];
  columns?: boolean;
};

/** Two columns where each choice has room for its longest word, otherwise one. */
const COLUMN_CLASSES = 'grid grid-cols-[repeat(auto-fit,minmax(max(8rem,50%-0.5rem),1fr))] gap-2';

/** Radio buttons with large targets. CSS shows the content of the selected choice under it. */
export function ChoiceField({ name, label, hideLabel, hint, optional, choices, columns }: Props) {
  const { error, value, isKnown, isLocked } = useField(name);
  const shownHint = isLocked ? undefined : hint;
  const knownClass = getKnownClass(isKnown, error);
  return (
    // A chosen answer with fields of its own stays, since those may be asked.
    <fieldset
      aria-describedby={getDescriptionIds(name, shownHint, error)}
      className={`field ${choices.some((choice) => choice.children && choice.value === value) ? '' : knownClass}`}
    >
      <legend className={hideLabel ? 'sr-only' : `mb-1 ${LABEL_CLASSES}`}>
        <span>{label}</span>
        {optional ? <OptionalMark /> : null}
      </legend>
      {shownHint ? (
        <div className="mb-1.5">
          <Hint name={name}>{shownHint}</Hint>
        </div>
      ) : null}
      <AgentPromptSlot name={name} />
      <ErrorText name={name} error={error} />
      <div className={columns ? COLUMN_CLASSES : 'grid gap-2'}>
        {choices.map((choice, index) => (
          <ChoiceBox key={choice.value} name={name} choice={choice} id={index === 0 ? getFieldId(name) : undefined} />
        ))}
      </div>
    </fieldset>
  );
}

/** One radio button with its label, its hint, and the content that belongs to it. */
function ChoiceBox({ name, choice, id }: { name: string; choice: Choice; id: string | undefined }) {
  const { error, value, isLocked, isKnown, input } = useField(name);
  const isChosen = value === choice.value;
  return (
    <div
      className={`${isChosen ? '' : getKnownClass(isKnown, error)} group/choice rounded-control border bg-surface has-[>label>input:checked]:border-accent has-[>label>input:checked]:ring-1 has-[>label>input:checked]:ring-accent ${error ? 'border-2 border-danger' : 'border-control'}`}
    >
      <label className="flex min-h-target cursor-pointer items-center gap-3 px-3.5 py-2">
        <input
          // React applies `defaultChecked` to a new element only.
          key={String(isChosen)}
          type="radio"
          className="size-5 shrink-0 accent-accent"
          {...input}
          id={id}
          value={choice.value}
          defaultChecked={isChosen}
          disabled={isLocked && !isChosen}
        />
        {choice.icon}
        <span className="min-w-0 wrap-anywhere">
          <span className="block leading-snug font-semibold">{choice.label}</span>
          <AgentPromptSlot name={`${name}:${choice.value}`} />
          {choice.hint ? <span className="block text-sm text-quiet">{choice.hint}</span> : null}
        </span>
      </label>
      {choice.children ? (
        <div className="hidden px-3.5 pb-3.5 group-has-[>label>input:checked]/choice:block">{choice.children}</div>
      ) : null}
    </div>
  );
}
