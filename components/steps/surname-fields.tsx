'use client';

import { useEffect, useState } from 'react';
import { CheckboxField } from '@/components/form/checkbox-field';
import { isLeftForSubmit, Offer } from '@/components/form/offer';
import { setFieldValue } from '@/components/form/set-field-value';
import { findInput } from '@/components/form/step-form-context';
import { NameField } from '@/components/form/text-field';
import { useTranslations } from '@/components/i18n/translations';
import type { FieldPolicy } from '@/lib/domain/journey-context';

/** Two columns where the labels have room, otherwise one. */
const COLUMN_CLASSES = 'grid grid-cols-[repeat(auto-fit,minmax(max(9rem,50%-0.5rem),1fr))] items-end gap-3';

/** Both surnames, with a suggestion to split two surnames in one field, which autofill of `family-name` causes. */
export function SurnameFields({ policy }: { policy: FieldPolicy }) {
  const t = useTranslations('steps.identity');
  const [suggestion, setSuggestion] = useState<[string, string]>();

  async function updateSuggestion() {
    const inputs = [findInput('lastName'), findInput('lastName2')];
    const [first = '', second = ''] = inputs.map((input) => input?.value ?? '');
    const isSingleSurname =
      policy === 'hidden' || inputs.some((input) => input?.readOnly) || second !== '' || !first.trim().includes(' ');
    const rules = isSingleSurname
      ? undefined
      : await import('@/lib/domain/person-name/split-surnames').catch(() => undefined);
    setSuggestion(rules?.splitSurnames(first));
  }

  // Reads text that was typed or filled in before the script arrived.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the form is there
  useEffect(() => void updateSuggestion(), []);

  function applySuggestion() {
    const inputs = [findInput('lastName'), findInput('lastName2')];
    for (const [index, input] of inputs.entries())
      if (input && suggestion) setFieldValue(input, suggestion[index] ?? '');
    setSuggestion(undefined);
    inputs[1]?.focus();
  }

  return (
    <div onBlurCapture={(event) => void (isLeftForSubmit(event) || updateSuggestion())}>
      <div className={COLUMN_CLASSES}>
        <NameField name="lastName" label={t('lastName')} autoComplete="family-name" />
        {/* HTML has no autofill token for a second surname; the nearest one would fill in a middle name. */}
        {policy === 'hidden' ? null : (
          <NameField name="lastName2" label={t('lastName2')} optional={policy === 'optional'} autoComplete="off" />
        )}
      </div>
      {policy === 'required' ? <CheckboxField name="oneSurname" label={t('oneSurname')} /> : null}
      <Offer
        values={suggestion ? { first: suggestion[0], second: suggestion[1] } : undefined}
        question={t('twoSurnames')}
        answer={t('partSurnames', { first: '{first}', second: '{second}' })}
        onAccept={applySuggestion}
      />
    </div>
  );
}
