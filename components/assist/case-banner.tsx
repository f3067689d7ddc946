import { getTranslations } from 'next-intl/server';
import type { Customer } from '@/lib/store/cases';

/** Whom the page is about, and in which language they are spoken to: in view whatever is done. */
export async function CaseBanner({ customer }: { customer: Customer }) {
  const t = await getTranslations('assist');
  return (
    <p className="sticky top-0 z-10 -mx-5 mb-6 border-b border-line bg-raised px-5 py-3 sm:-mx-10 sm:px-10">
      <strong>{customer.name || customer.phone}</strong>
      <span className="text-quiet"> · {t('speaks', { language: t(`languages.${customer.lang}`) })}</span>
    </p>
  );
}
