import { getTranslations } from 'next-intl/server';
import type { ReactNode } from 'react';
import { Value } from '@/components/ui/value';
import type { Locale } from '@/lib/domain/locale';
import { formatPhone } from '@/lib/reference-data/format-phone';
import { JoinedLine } from './joined-line';

type Props = {
  customer: { name: string; phone: string; lang: Locale };
  /** Links and buttons of the case. */
  children?: ReactNode;
};

/** Shows the case's customer and their language above the page. */
export async function CaseBanner({ customer: { name, phone, lang }, children }: Props) {
  const t = await getTranslations('assist');
  return (
    <div className="case-banner">
      <p className="py-2">
        <JoinedLine>
          {name || phone ? null : <strong>{t('noName')}</strong>}
          {name ? (
            <strong>
              <Value>{name}</Value>
            </strong>
          ) : null}
          {phone ? <Value>{formatPhone(phone)}</Value> : null}
          <span className="text-quiet">{t('speaks', { language: t(`languages.${lang}`) })}</span>
        </JoinedLine>
      </p>
      <div className="flex flex-wrap items-center gap-x-5">{children}</div>
    </div>
  );
}
