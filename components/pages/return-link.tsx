import { getTranslations } from 'next-intl/server';
import { TextLink } from '@/components/ui/text-link';

/** A quiet way back to the partner's site, for a customer who came by a link with a `return_url`. */
export async function ReturnLink({ url, brandName }: { url: string | undefined; brandName: string }) {
  const t = await getTranslations('partner');
  if (url === undefined) return null;
  return (
    <div>
      <TextLink href={url} className="text-[0.9375rem] text-quiet">
        {t('return', { brand: brandName })}
      </TextLink>
    </div>
  );
}
