'use client';

import { useState } from 'react';
import { TextButton } from '@/components/ui/text-link';

type Props = { label: string; text: string; actionLabel: string; doneLabel: string };

/** A text with a button that copies it. Without script the agent can select it. */
export function CopyText({ label, text, actionLabel, doneLabel }: Props) {
  return (
    <div>
      <label htmlFor="copy-text" className="mb-1 block font-semibold">
        {label}
      </label>
      <input
        id="copy-text"
        className="control"
        readOnly
        autoComplete="off"
        value={text}
        onFocus={(event) => event.currentTarget.select()}
      />
      <CopyButton text={text} actionLabel={actionLabel} doneLabel={doneLabel} />
    </div>
  );
}

/** A button that copies a text and says so. */
export function CopyButton({ text, actionLabel, doneLabel }: Omit<Props, 'label'>) {
  const [isDone, setIsDone] = useState(false);
  const writeToClipboard = () =>
    navigator.clipboard.writeText(text).then(
      () => setIsDone(true),
      () => {},
    );
  return (
    <span className="needs-script">
      <TextButton type="button" className="min-w-11 text-left" onClick={() => void writeToClipboard()}>
        {actionLabel}
      </TextButton>
      <span aria-live="polite" className="ml-2 text-good">
        {isDone ? doneLabel : ''}
      </span>
    </span>
  );
}
