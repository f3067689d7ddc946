import { getLocale, getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button';

export default async function NotFound() {
  const t = await getTranslations('notFound');
  return (
    <>
      <title>{t('title')}</title>
      <h1>{t('title')}</h1>
      <p className="mt-4 mb-8">{t('text')}</p>
      <a href={`/${await getLocale()}`} className={buttonVariants()}>
        {t('action')}
      </a>
    </>
  );
}
