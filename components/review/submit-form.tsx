'use client';

import type { FormEvent, ReactNode } from 'react';
import { JOURNEY_FORM_ATTRIBUTES } from '@/components/form/retry-after-deploy';
import { useFormPost } from '@/components/form/use-form-post';
import { useTranslations } from '@/components/i18n/translations';
import { ActionBar } from '@/components/ui/action-bar';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';

type Props = {
  action: (form: FormData) => Promise<void>;
  submitLabel: string;
  /** Stands right above the button, and stays in view with it. */
  consent: ReactNode;
  children: ReactNode;
};

/** The form that submits the application. The server ignores a second press: the first one holds the claim. */
export function SubmitForm({ action, submitLabel, consent, children }: Props) {
  const t = useTranslations('form');
  const { isPending, result, post } = useFormPost(action);
  const isOffline = result === 'offline' && !isPending;

  function onSubmit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (!isPending) post(new FormData(event.currentTarget));
  }

  return (
    <form action={action} onSubmit={onSubmit} className="grid grid-cols-1 gap-3" {...JOURNEY_FORM_ATTRIBUTES}>
      {children}
      {/* The element stays on the page, so that screen readers announce its text. */}
      <Alert className="font-medium" hidden={!isOffline}>
        {isOffline ? t('offline') : ''}
      </Alert>
      <ActionBar>
        {consent}
        <Button type="submit" aria-disabled={isPending}>
          {isPending ? t('sending') : submitLabel}
        </Button>
      </ActionBar>
    </form>
  );
}
