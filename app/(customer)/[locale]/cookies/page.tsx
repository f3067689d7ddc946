import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button';
import type { Locale } from '@/lib/i18n/routing';

type Props = { params: Promise<{ locale: Locale }> };

/** Asks for cookies: without them the server cannot assign a post to its customer. */
export default async function CookiesPage({ params }: Props) {
  const { locale } = await params;
  const t = await getTranslations('cookies');
  return (
    <>
      <title>{t('title')}</title>
      <h1>{t('title')}</h1>
      <p className="mt-4 mb-8">{t('text')}</p>
      <a href={`/${locale}`} className={buttonVariants()}>
        {t('again')}
      </a>
    </>
  );
}
