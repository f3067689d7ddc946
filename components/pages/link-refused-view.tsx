import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button';

type Props = { brandName: string; path: string; hasDraft: boolean };

/** The page for used, expired and invalid partner links. They share one text, so that it does not reveal the reason. */
export async function LinkRefusedView({ brandName, path, hasDraft }: Props) {
  const t = await getTranslations('partner.refused');
  const tForm = await getTranslations('form');
  return (
    <>
      <title>{t('title')}</title>
      <h1>{t('title')}</h1>
      <p className="mt-4 mb-8">{t('text', { brand: brandName })}</p>
      <a href={path} className={buttonVariants()}>
        {hasDraft ? tForm('continue') : t('action')}
      </a>
    </>
  );
}
