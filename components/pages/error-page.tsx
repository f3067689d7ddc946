'use client';

import { Button } from '@/components/ui/button';
import { useWords } from '@/components/words/words';

/** The page when our own code failed. It never shows the error: that is in the log, under the digest. */
export function ErrorPage({ reset }: { reset: () => void }) {
  const t = useWords('fault');
  return (
    <div role="alert">
      <title>{t('title')}</title>
      <h1>{t('title')}</h1>
      <p className="mt-4 mb-8">{t('text')}</p>
      <Button type="button" onClick={reset}>
        {t('action')}
      </Button>
    </div>
  );
}
