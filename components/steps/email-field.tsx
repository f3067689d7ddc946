'use client';

import { useEffect, useState } from 'react';
import { TickField } from '@/components/form/checkbox-field';
import { inputOf } from '@/components/form/step-form-context';
import { TextField } from '@/components/form/text-field';
import { useWords } from '@/components/i18n/words';
import { LinkButton } from '@/components/ui/link-button';
import { TextWithValues } from '@/components/ui/value';
import type { FieldPolicy } from '@/lib/domain/journey-context';

const NAME = 'email';

/** The e-mail, and an offer when its end looks like a slip. Nothing is changed that nobody asked for. */
export function EmailField({ policy }: { policy: FieldPolicy }) {
  const t = useWords('steps.identity');
  const [meant, setMeant] = useState<string>();

  async function look() {
    const input = inputOf(NAME);
    const value = input?.readOnly ? '' : (input?.value ?? '');
    // The lists are not loaded before somebody has written an address.
    const lists = value.includes('@')
      ? await import('@/lib/reference-data/suggest-email').catch(() => undefined)
      : undefined;
    setMeant(lists?.suggestEmail(value));
  }

  // What was typed or filled in before the script arrived.
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the form is there
  useEffect(() => void look(), []);

  function accept() {
    const input = inputOf(NAME);
    if (input && meant) input.value = meant;
    setMeant(undefined);
    input?.focus();
  }

  if (policy === 'hidden') return null;
  return (
    <div onBlurCapture={look}>
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
      {policy === 'required' ? <TickField name="noEmail" label={t('noEmail')} /> : null}
      <div role="status">
        {meant ? (
          <LinkButton onClick={accept}>
            <TextWithValues text={t('emailMeant', { email: '{email}' })} values={{ email: meant }} />
          </LinkButton>
        ) : null}
      </div>
    </div>
  );
}
