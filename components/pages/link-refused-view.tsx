import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button';

type Props = { brandName: string; path: string; hasDraft: boolean };

/** A partner's link that was used, has run out or was never one. The same words for all of them, and the way in by hand. */
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
