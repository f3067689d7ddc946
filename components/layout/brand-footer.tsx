import { getTranslations } from 'next-intl/server';
import { getPhonePath, InlineLink } from '@/components/ui/text-link';
import type { Brand } from '@/lib/config/brand/read-brand';
import type { Locale } from '@/lib/i18n/routing';

type Props = Pick<Brand, 'contact' | 'legal'> & { locale: Locale };

/** The partner's contacts and legal pages, as links in a line of text: 24 px high (WCAG 2.5.8). */
export async function BrandFooter({ contact, legal, locale }: Props) {
  const t = await getTranslations({ locale, namespace: 'site' });
  const links = [
    contact?.phone && [getPhonePath(contact.phone), contact.phone],
    contact?.email && [`mailto:${contact.email}`, contact.email],
    contact?.url && [contact.url, t('help')],
    legal && [legal.terms[locale], t('terms')],
    legal && [legal.privacy[locale], t('privacy')],
  ].filter((link) => Array.isArray(link));
  if (links.length === 0) return null;
  return (
    <ul className="contents">
      {links.map(([href, text]) => (
        <li key={href}>
          <InlineLink href={href}>{text}</InlineLink>
        </li>
      ))}
    </ul>
  );
}
