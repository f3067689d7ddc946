import { getTranslations } from 'next-intl/server';
import { TextLink } from '@/components/ui/text-link';
import { Value } from '@/components/ui/value';
import type { Locale } from '@/lib/domain/locale';

type Props = {
  customer: { name: string; phone: string; lang: Locale };
  handOver?: string | undefined;
  /** The path of the case's history, for agents who may read it. */
  history?: string | undefined;
};

/** Shows the case's customer and their language at the top of the page while the agent scrolls. */
export async function CaseBanner({ customer, handOver, history }: Props) {
  const t = await getTranslations('assist');
  const customerLabel = customer.name || customer.phone;
  return (
    <div className="case-banner sticky top-0 z-10 -mx-5 mb-6 flex flex-wrap items-center justify-between gap-x-6 border-b border-line bg-raised px-5 py-2 sm:-mx-10 sm:px-10">
      <p className="py-2">
        <strong>{customerLabel ? <Value>{customerLabel}</Value> : t('noName')}</strong>
        <span className="text-quiet">{` · ${t('speaks', { language: t(`languages.${customer.lang}`) })}`}</span>
      </p>
      {handOver ? <TextLink href={handOver}>{t('handOver.title')}</TextLink> : null}
      {history ? <TextLink href={history}>{t('history.title')}</TextLink> : null}
    </div>
  );
}
