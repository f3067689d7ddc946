'use client';

import type { MouseEvent, Ref } from 'react';
import { useTranslations } from '@/components/i18n/translations';
import { useErrorText } from '@/components/i18n/use-error-text';
import { Alert } from '@/components/ui/alert';
import type { FieldErrors } from '@/lib/domain/form-input';
import { getFieldId } from './step-form-context';

type Props = {
  errors: FieldErrors;
  /** Field names in the order of the page. */
  order: readonly string[];
  ref: Ref<HTMLDivElement>;
  /** Focuses a field in a vendor's frame. Returns whether the field is one. */
  focusField?: ((name: string) => boolean) | undefined;
};

/**
 * Lists the errors in the order of the page, each with a link to its field (GOV.UK Design System, error summary). One error
 * takes one line.
 */
export function ErrorSummary({ errors, order, ref, focusField }: Props) {
  const t = useTranslations('form');
  const errorText = useErrorText();

  function openField(event: MouseEvent, name: string) {
    event.preventDefault();
    if (focusField?.(name)) return;
    const target = document.getElementById(getFieldId(name));
    target?.closest('details')?.setAttribute('open', '');
    target?.focus();
  }

  const fieldNames = Object.keys(errors).sort((a, b) => order.indexOf(a) - order.indexOf(b));
  return (
    <Alert
      ref={ref}
      tabIndex={-1}
      // Moves the focus here without script, after the form was posted (WCAG 3.3.1).
      autoFocus
      aria-labelledby="error-summary"
      className="mb-4 flex flex-wrap items-center gap-x-3"
    >
      <h2 id="error-summary" className="font-bold">
        {t('errorTitle')}
      </h2>
      <ul className={fieldNames.length > 1 ? 'w-full' : ''}>
        {fieldNames.map((name) => (
          <li key={name}>
            <a
              href={`#${getFieldId(name)}`}
              onClick={(event) => openField(event, name)}
              className="inline-flex min-h-8 items-center leading-snug font-medium text-danger underline underline-offset-4"
            >
              {errorText(errors[name] ?? '')}
            </a>
          </li>
        ))}
      </ul>
    </Alert>
  );
}
