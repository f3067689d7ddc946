'use client';

import { type Ref, useImperativeHandle, useRef } from 'react';
import { useTranslations } from '@/components/i18n/translations';
import { useErrorText } from '@/components/i18n/use-error-text';
import type { FieldErrors } from '@/lib/domain/form-input';
import { getFieldId } from './step-form-context';

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
  const t = useTranslations('form');
  const errorText = useErrorText();
  const containerRef = useRef<HTMLDivElement>(null);
  useImperativeHandle(ref, () => ({ focus: () => containerRef.current?.focus() }), []);

  function openField(event: React.MouseEvent, name: string) {
    event.preventDefault();
    if (focusField?.(name)) return;
    const target = document.getElementById(getFieldId(name));
    target?.closest('details')?.setAttribute('open', '');
    target?.focus();
  }

  const fieldNames = Object.keys(errors).sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return (
    <div
      ref={containerRef}
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
        {fieldNames.map((name) => (
          <li key={name}>
            <a
              href={`#${getFieldId(name)}`}
              onClick={(event) => openField(event, name)}
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
