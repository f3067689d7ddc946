'use client';

import { useTranslations } from '@/components/i18n/translations';
import { Button } from '@/components/ui/button';

type Props = {
  /** `digest` identifies the error in the log (Next.js, "error.js"). Errors of the browser have none. */
  error: { digest?: string };
  reset: () => void;
};

/** The page after an error in our code. It shows only the error's digest. */
export function ErrorPage({ error: { digest }, reset }: Props) {
  const t = useTranslations('fault');
  return (
    <div role="alert">
      <title>{t('title')}</title>
      <h1>{t('title')}</h1>
      <p className="mt-4 mb-8">{digest ? `${t('text')} ${t('reference', { reference: digest })}` : t('text')}</p>
      <Button type="button" onClick={reset}>
        {t('action')}
      </Button>
    </div>
  );
}
