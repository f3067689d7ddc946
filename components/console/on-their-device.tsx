import { getTranslations } from 'next-intl/server';
import { buttonLook } from '@/components/ui/button';
import { Say } from './say';

/** What an agent sees where the customer's own device has to go on. */
export async function OnTheirDevice({ path, lang }: { path: string; lang: 'en' | 'es' }) {
  const t = await getTranslations('assist.theirs');
  const tAssist = await getTranslations('assist');
  const spoken = await getTranslations({ locale: lang, namespace: 'spoken' });
  return (
    <>
      <title>{t('title')}</title>
      <h1>{t('title')}</h1>
      <p className="mt-4 mb-6">{t('text')}</p>
      <Say lang={lang} cue={tAssist('say')}>
        {spoken('theirs')}
      </Say>
      <a href={path} className={`${buttonLook()} mt-4`}>
        {t('action')}
      </a>
    </>
  );
}
