'use client';

import { useEffect, useState } from 'react';
import { CheckboxField } from '@/components/form/checkbox-field';
import { isLeftForSubmit, Offer } from '@/components/form/offer';
import { setFieldValue } from '@/components/form/set-field-value';
import { findInput } from '@/components/form/step-form-context';
import { TextField } from '@/components/form/text-field';
import { useTranslations } from '@/components/i18n/translations';
import type { FieldPolicy } from '@/lib/domain/journey-context';

const NAME = 'email';

/** The e-mail, with a suggestion when its domain looks mistyped. It changes only after the customer accepts. */
export function EmailField({ policy }: { policy: FieldPolicy }) {
  const t = useTranslations('steps.identity');
  const [suggestion, setSuggestion] = useState<string>();

  async function updateSuggestion() {
    const input = findInput(NAME);
    const value = input?.readOnly ? '' : (input?.value ?? '');
    // The lists load once the customer has typed an address.
    const lists = value.includes('@')
      ? await import('@/lib/reference-data/find-email-suggestion').catch(() => undefined)
      : undefined;
    setSuggestion(lists?.findEmailSuggestion(value));
  }

  // Reads text that was typed or filled in before the script arrived.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the form is there
  useEffect(() => void updateSuggestion(), []);

  function applySuggestion() {
    const input = findInput(NAME);
    if (input && suggestion) setFieldValue(input, suggestion);
    setSuggestion(undefined);
    input?.focus();
  }

  if (policy === 'hidden') return null;
  return (
    <div onBlurCapture={(event) => void (isLeftForSubmit(event) || updateSuggestion())}>
      <TextField
        name={NAME}
        label={t('email')}
        optional={policy === 'optional'}
        type="email"
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
      />
      {policy === 'required' ? <CheckboxField name="noEmail" label={t('noEmail')} /> : null}
      <Offer
        values={suggestion ? { email: suggestion } : undefined}
        question={t('emailMeant', { email: '{email}' })}
        answer={t('emailCorrect')}
        onAccept={applySuggestion}
      />
    </div>
  );
}
