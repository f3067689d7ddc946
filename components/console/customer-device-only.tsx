import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button';
import type { Locale } from '@/lib/domain/locale';
import { SpokenText } from './spoken-text';

/** The agent's page for a step that only the customer's own device may show. */
export async function CustomerDeviceOnly({ path, lang }: { path: string; lang: Locale }) {
  const t = await getTranslations('assist.theirs');
  const tAssist = await getTranslations('assist');
  const tCustomer = await getTranslations({ locale: lang, namespace: 'spoken' });
  return (
    <>
      <title>{t('title')}</title>
      <h1>{t('title')}</h1>
      <p className="mt-4 mb-6">{t('text')}</p>
      <SpokenText lang={lang} cue={tAssist('say')}>
        {tCustomer('theirs')}
      </SpokenText>
      <a href={path} className={`${buttonVariants()} mt-4`}>
        {t('action')}
      </a>
    </>
  );
}
