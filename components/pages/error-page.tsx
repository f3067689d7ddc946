'use client';

import { unstable_isUnrecognizedActionError } from 'next/navigation';
import { useTranslations } from '@/components/i18n/translations';
import { Button } from '@/components/ui/button';

type Props = {
  /** `digest` identifies the error in the log (Next.js, "error.js"). Errors of the browser have none. */
  error: Error & { digest?: string };
  reset: () => void;
};

/** The page after an error in our code. It shows only the error's digest. */
export function ErrorPage({ error, reset }: Props) {
  const t = useTranslations('fault');
  // After a deployment the page's own scripts name an action that is gone, so pressing again would fail again.
  if (unstable_isUnrecognizedActionError(error)) return <UpdatedPage />;
  const { digest } = error;
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

/** The page after a form of the previous version was posted. The server shows the same to a browser without script. */
function UpdatedPage() {
  const t = useTranslations('updated');
  return (
    <div role="alert">
      <title>{t('title')}</title>
      <h1>{t('title')}</h1>
      <p className="mt-4 mb-8">{t('text')}</p>
      <Button type="button" onClick={() => location.reload()}>
        {t('again')}
      </Button>
    </div>
  );
}
