'use client';

import { useState } from 'react';
import { fieldId } from '@/components/form/step-form-context';
import { TextField } from '@/components/form/text-field';
import { LinkButton } from '@/components/ui/link-button';
import { useWords } from '@/components/words/words';

const NAME = 'email';

/** The e-mail, and an offer when its end looks like a slip. Nothing is changed that nobody asked for. */
export function EmailField() {
  const t = useWords('steps.identity');
  const [meant, setMeant] = useState<string>();

  async function look(event: React.FocusEvent) {
    const { value } = event.target as HTMLInputElement;
    // The lists are not loaded before somebody has written an address.
    const lists = value.includes('@')
      ? await import('@/lib/email-hint/suggest-email').catch(() => undefined)
      : undefined;
    setMeant(lists?.suggestEmail(value));
  }

  function accept() {
    const input = document.getElementById(fieldId(NAME)) as HTMLInputElement;
    if (meant) input.value = meant;
    setMeant(undefined);
    input.focus();
  }

  return (
    <div onBlurCapture={look}>
      <TextField
        name={NAME}
        label={t('email')}
        optional
        type="email"
        inputMode="email"
        autoComplete="email"
        autoCapitalize="none"
        spellCheck={false}
      />
      <div role="status">
        {meant ? <LinkButton onClick={accept}>{t('emailMeant', { email: meant })}</LinkButton> : null}
      </div>
    </div>
  );
}
