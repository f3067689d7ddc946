import { getTranslations } from 'next-intl/server';
import { buttonVariants } from '@/components/ui/button';
import { getPhonePath } from '@/components/ui/text-link';
import type { Brand } from '@/lib/config/brand/read-brand';

/** The fastest way to the partner that the brand file names: telephone, help page, e-mail. */
function findContactPath(contact: Brand['contact']): string | undefined {
  if (contact?.phone) return getPhonePath(contact.phone);
  return contact?.url ?? (contact?.email && `mailto:${contact.email}`);
}

/** A button to the partner's help on pages on which the customer cannot continue alone. */
export async function ContactLink({ brand }: { brand: Pick<Brand, 'name' | 'contact'> }) {
  const t = await getTranslations('outcome');
  const path = findContactPath(brand.contact);
  if (!path) return null;
  return (
    <a href={path} className={`mt-3 ${buttonVariants('secondary')}`}>
      {t('contact', { brand: brand.name })}
    </a>
  );
}
