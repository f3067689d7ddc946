'use client';

import { useTranslations } from '@/components/i18n/translations';
import { Button } from '@/components/ui/button';

type Props = {
  /** `digest` names the error in the log (Next.js, "error.js"). What failed in the browser has none. */
  error: { digest?: string };
  reset: () => void;
};

/** The page when our own code failed. It shows no more of the error than its name in the log. */
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
