import { getTranslations } from 'next-intl/server';
import type { Customer } from '@/lib/store/cases';

/** Whom the page is about, and in which language they are spoken to: in view whatever is done. */
export async function CaseBanner({ customer, handOver }: { customer: Customer; handOver?: string }) {
  const t = await getTranslations('assist');
  return (
    <div className="-mx-5 mb-6 flex flex-wrap items-center justify-between gap-x-6 border-b border-line bg-raised px-5 py-2 sm:-mx-10 sm:px-10">
      <p className="py-2">
        <strong>{customer.name || customer.phone}</strong>
        <span className="text-quiet"> · {t('speaks', { language: t(`languages.${customer.lang}`) })}</span>
      </p>
      {handOver ? (
        <a href={handOver} className="inline-flex min-h-11 items-center underline underline-offset-4">
          {t('handOver.title')}
        </a>
      ) : null}
    </div>
  );
}
