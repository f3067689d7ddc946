import { useTranslations } from '@/components/i18n/translations';
import { TextLink } from '@/components/ui/text-link';
import { Value } from '@/components/ui/value';
import { matchesCustomer } from '@/lib/domain/assist/customer-query';
import { JoinedLine } from './joined-line';

export type CaseListItem = { id: string; href: string; name: string; phone: string; owner: string; time: string };

/** Open cases whose customer matches the text. */
export function CaseList({ cases, query }: { cases: readonly CaseListItem[]; query: string }) {
  const t = useTranslations('assist');
  const shownCases = cases.filter((item) => matchesCustomer(query, item));
  return (
    <>
      <p role="status" className="text-quiet">
        {shownCases.length === 0 ? t('none') : ''}
      </p>
      <ul className="grid gap-2">
        {shownCases.map(({ id, href, name, phone, owner, time }) => (
          <li key={id} className="rounded-control border border-line px-4 py-1">
            <TextLink href={href} className="font-semibold">
              {name || phone ? <Value>{name || phone}</Value> : t('noName')}
            </TextLink>
            <p className="pb-1 text-[0.9375rem] text-quiet">
              <JoinedLine>
                {name && phone ? <Value>{phone}</Value> : null}
                <span>{owner}</span>
                <span>{time}</span>
              </JoinedLine>
            </p>
          </li>
        ))}
      </ul>
    </>
  );
}
