'use client';

import type { FocusEvent } from 'react';
import { TextButton } from '@/components/ui/text-link';
import { TextWithValues } from '@/components/ui/value';

type Props = {
  /** The offered values by name; undefined when nothing is offered. */
  values: Readonly<Record<string, string>> | undefined;
  /** Texts with the names of the values in braces. */
  question: string;
  answer: string;
  onAccept: () => void;
};

/**
 * Tells whether a field loses the focus to the submit button. An offer that appears or disappears then moves the button from
 * under the pointer, and the click is lost.
 */
export const isLeftForSubmit = ({ relatedTarget }: FocusEvent): boolean =>
  relatedTarget instanceof HTMLButtonElement && relatedTarget.type === 'submit';

/** Offers to change what the customer typed: a question, and a button as the answer. Screen readers announce it politely. */
export function Offer({ values, question, answer, onAccept }: Props) {
  return (
    <div role="status" className={values ? 'mt-2 rounded-control border border-line bg-raised px-3.5 py-1.5' : ''}>
      {values ? (
        <>
          <span className="mr-3">
            <TextWithValues text={question} values={values} />
          </span>
          <TextButton type="button" className="text-left font-semibold" onClick={onAccept}>
            <TextWithValues text={answer} values={values} />
          </TextButton>
        </>
      ) : null}
    </div>
  );
}
