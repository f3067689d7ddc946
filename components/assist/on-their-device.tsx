import { getTranslations } from 'next-intl/server';
import { buttonLook } from '@/components/ui/button';

/** What an agent sees where the customer's own device has to go on. */
export async function OnTheirDevice({ path }: { path: string }) {
  const t = await getTranslations('assist.theirs');
  return (
    <>
      <title>{t('title')}</title>
      <h1>{t('title')}</h1>
      <p className="mt-4 mb-8">{t('text')}</p>
      <a href={path} className={buttonLook()}>
        {t('action')}
      </a>
    </>
  );
}
