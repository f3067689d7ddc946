'use client';

import { type Ref, useImperativeHandle, useRef } from 'react';
import { useErrorText } from '@/components/i18n/use-error-text';
import { useWords } from '@/components/i18n/words';
import type { FieldErrors } from '@/lib/domain/form-input';
import { fieldId } from './step-form-context';

type Props = {
  errors: FieldErrors;
  /** Field names in the order of the page. */
  order: readonly string[];
  ref: Ref<{ focus: () => void }>;
  /** Takes the focus to a field that is not an element of ours; true when it did. */
  focusField?: ((name: string) => boolean) | undefined;
};

/** What is wrong, in the order of the page, each line a link to its field (GOV.UK Design System, error summary). */
export function ErrorSummary({ errors, order, ref, focusField }: Props) {
  const t = useWords('form');
  const errorText = useErrorText();
  const box = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => ({ focus: () => box.current?.focus() }), []);

  function goTo(event: React.MouseEvent, name: string) {
    event.preventDefault();
    if (focusField?.(name)) return;
    const target = document.getElementById(fieldId(name));
    target?.closest('details')?.setAttribute('open', '');
    target?.focus();
  }

  const listed = Object.keys(errors).sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return (
    <div
      ref={box}
      tabIndex={-1}
      // Without script this is what moves the focus here; the page has just been posted and answered.
      // biome-ignore lint/a11y/noAutofocus: the summary is where somebody with errors has to be (WCAG 3.3.1)
      autoFocus
      role="alert"
      aria-labelledby="error-summary"
      className="mb-8 rounded-control border-2 border-danger bg-danger-soft p-5"
    >
      <h2 id="error-summary" className="text-lg font-bold">
        {t('errorTitle')}
      </h2>
      <ul className="mt-2 grid gap-1">
        {listed.map((name) => (
          <li key={name}>
            <a
              href={`#${fieldId(name)}`}
              onClick={(event) => goTo(event, name)}
              className="inline-flex min-h-11 items-center font-medium text-danger underline underline-offset-4"
            >
              {errorText(errors[name] ?? '')}
            </a>
          </li>
        ))}
      </ul>
    </div>
  );
}
