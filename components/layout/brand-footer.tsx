import { getTranslations } from 'next-intl/server';
import { TextLink } from '@/components/ui/text-link';
import type { Brand } from '@/lib/config/brand/read-brand';
import type { Locale } from '@/lib/i18n/routing';

type Props = Pick<Brand, 'contact' | 'legal'> & { locale: Locale };

/** The partner's contacts and legal pages. */
export async function BrandFooter({ contact, legal, locale }: Props) {
  const t = await getTranslations({ locale, namespace: 'site' });
  const links = [
    contact?.phone && [`tel:${contact.phone.replace(/[^\d+]/g, '')}`, contact.phone],
    contact?.email && [`mailto:${contact.email}`, contact.email],
    contact?.url && [contact.url, t('help')],
    legal && [legal.terms[locale], t('terms')],
    legal && [legal.privacy[locale], t('privacy')],
  ].filter((link) => Array.isArray(link));
  if (links.length === 0) return null;
  return (
    <ul className="mt-3 flex flex-wrap gap-x-6">
      {links.map(([href, text]) => (
        <li key={href}>
          <TextLink href={href}>{text}</TextLink>
        </li>
      ))}
    </ul>
  );
}
