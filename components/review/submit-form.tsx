'use client';

import { unstable_isUnrecognizedActionError, unstable_rethrow } from 'next/navigation';
import { type FormEvent, type ReactNode, useState, useTransition } from 'react';
import { JOURNEY_FORM_ATTRIBUTE, retryAfterDeploy } from '@/components/form/retry-after-deploy';
import { useTranslations } from '@/components/i18n/translations';
import { Button } from '@/components/ui/button';

type Props = { action: (form: FormData) => Promise<void>; submitLabel: string; children: ReactNode };

/** The last button. A second press does nothing here and would do nothing on the server: the first one holds the claim. */
export function SubmitForm({ action, submitLabel, children }: Props) {
  const t = useTranslations('form');
  const [isSending, startSending] = useTransition();
  const [isOffline, setOffline] = useState(false);

  function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    if (isSending) return;
    const form = new FormData(event.currentTarget);
    setOffline(false);
    startSending(async () => {
      try {
        await action(form);
      } catch (error) {
        unstable_rethrow(error);
        if (unstable_isUnrecognizedActionError(error)) await retryAfterDeploy(form).catch(() => setOffline(true));
        else setOffline(true);
      }
    });
  }

  return (
    <form action={action} onSubmit={send} className="mt-8 grid gap-6" {...{ [JOURNEY_FORM_ATTRIBUTE]: '' }}>
      {children}
      <p
        role="alert"
        className={isOffline ? 'rounded-control border-2 border-danger bg-danger-soft p-5 font-medium' : 'hidden'}
      >
        {isOffline ? t('offline') : ''}
      </p>
      <Button type="submit" aria-disabled={isSending}>
        {isSending ? t('sending') : submitLabel}
      </Button>
    </form>
  );
}
