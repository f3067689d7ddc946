'use client';

import type { ReactNode } from 'react';
import { useTranslations } from '@/components/i18n/translations';
import { ActionBar } from '@/components/ui/action-bar';
import { Button } from '@/components/ui/button';

type Props = {
  /** On the last page: the button's label, and the consent above it. */
  finish: { label: string; consent?: ReactNode } | undefined;
  isBusy: boolean;
  errorCount: number;
  /** The number of errors after the last post. */
  initialErrorCount: number;
};

/** The button of a step, which counts the errors. Screen readers hear the number when the customer has corrected one. */
export function SubmitBar({ finish, isBusy, errorCount, initialErrorCount }: Props) {
  const t = useTranslations('form');
  const hasCorrected = errorCount > 0 && errorCount < initialErrorCount;
  const restingLabel = errorCount > 0 ? t('fix', { count: errorCount }) : (finish?.label ?? t('continue'));
  return (
    <ActionBar>
      {finish?.consent}
      <p role="status" className="sr-only">
        {hasCorrected ? t('left', { count: errorCount }) : ''}
      </p>
      <Button type="submit" aria-disabled={isBusy}>
        {isBusy ? t('sending') : restingLabel}
      </Button>
    </ActionBar>
  );
}
