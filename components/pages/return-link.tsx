import { getTranslations } from 'next-intl/server';
import { TextLink } from '@/components/ui/text-link';

/** A quiet way back to the partner's site, for a customer who came by a link with a `return_url`. */
export async function ReturnLink({ url, brandName }: { url: string | undefined; brandName: string }) {
  const t = await getTranslations('partner');
  if (url === undefined) return null;
  // In a frame of the partner's page, the partner's site opens in the whole window.
  return (
    <div>
      <TextLink href={url} target="_top" className="text-[0.9375rem] text-quiet">
        {t('return', { brand: brandName })}
      </TextLink>
    </div>
  );
}
