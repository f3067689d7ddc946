import { getTranslations } from 'next-intl/server';
import { Value } from '@/components/ui/value';
import type { Locale } from '@/lib/domain/locale';

type Props = {
  customer: { name: string; phone: string; lang: Locale };
  handOver?: string | undefined;
  /** Where it can be read who did what, for those who may. */
  history?: string | undefined;
};

const LINK_CLASSES = 'inline-flex min-h-11 items-center underline underline-offset-4';

/** Whom the page is about, and in which language they are spoken to: in view whatever is done. */
export async function CaseBanner({ customer, handOver, history }: Props) {
  const t = await getTranslations('assist');
  const customerLabel = customer.name || customer.phone;
  return (
    <div className="case-banner sticky top-0 z-10 -mx-5 mb-6 flex flex-wrap items-center justify-between gap-x-6 border-b border-line bg-raised px-5 py-2 sm:-mx-10 sm:px-10">
      <p className="py-2">
        <strong>{customerLabel ? <Value>{customerLabel}</Value> : t('noName')}</strong>
        <span className="text-quiet">{` · ${t('speaks', { language: t(`languages.${customer.lang}`) })}`}</span>
      </p>
      {handOver ? (
        <a href={handOver} className={LINK_CLASSES}>
          {t('handOver.title')}
        </a>
      ) : null}
      {history ? (
        <a href={history} className={LINK_CLASSES}>
          {t('history.title')}
        </a>
      ) : null}
    </div>
  );
}
