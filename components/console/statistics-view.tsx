import { getTranslations } from 'next-intl/server';
import { TextLink } from '@/components/ui/text-link';
import type { FunnelGroup, InvalidField, SortColumn } from '@/lib/domain/statistics/statistics';
import type { Statistics } from '@/lib/use-cases/agent/get-statistics';
import { Bars } from './bars';
import { Comparison } from './comparison';
import { getFieldLabels } from './field-labels';
import { Funnel } from './funnel';
import { GroupTable } from './group-table';
import { Trend } from './trend';

type Props = {
  statistics: Statistics;
  /** Of the tenant. */
  country: string;
  getSortPath: (column: SortColumn) => string;
  /** Returns the path of the table behind a chart. */
  getCsvPath: (table: 'funnel' | 'errors') => string;
};

/** The statistics of a period: comparison, days, groups and errors. */
export async function StatisticsView({ statistics, country, getSortPath, getCsvPath }: Props) {
  const t = await getTranslations('assist.figures');
  const { by: dimension, groups, wrong: invalidFields, days, total, totalBefore, sort } = statistics;
  if (!total) return <p>{t('none')}</p>;
  const getName = await createNameGetter(statistics);
  return (
    <>
      <Comparison total={total} before={totalBefore} dayCount={days.length} />
      <Trend days={days} />
      <h2 className="mb-3 text-lg font-bold">{t('funnel')}</h2>
      {dimension === 'all' ? null : (
        <GroupTable groups={groups} getName={getName} sort={sort} getSortPath={getSortPath} />
      )}
      <div className="funnels">
        {groups.map((group) => (
          <Funnel key={group.name} group={group} name={getName(group)} />
        ))}
      </div>
      <Download href={getCsvPath('funnel')} text={t('csv')} />
      {invalidFields.length > 0 ? (
        <>
          <h2 className="mt-6 mb-3 text-lg font-bold">{t('errors')}</h2>
          <ErrorBars invalidFields={invalidFields} country={country} />
          <Download href={getCsvPath('errors')} text={t('csv')} />
        </>
      ) : null}
    </>
  );
}

async function createNameGetter({ by: dimension, agentNames }: Statistics): Promise<(group: FunnelGroup) => string> {
  const t = await getTranslations('assist.figures');
  const tAssist = await getTranslations('assist');
  return ({ name }) => {
    if (dimension === 'all') return t('names.all');
    if (name === '') return t('noName');
    if (name === 'es' || name === 'en') return tAssist(`languages.${name}`);
    if (name === 'self' || name === 'assisted') return t(`names.${name}`);
    return agentNames.get(name) ?? name;
  };
}

async function ErrorBars({ invalidFields, country }: { invalidFields: readonly InvalidField[]; country: string }) {
  const t = await getTranslations('assist.figures');
  const getLabel = await getFieldLabels(country);
  const maxCount = Math.max(0, ...invalidFields.map(({ fixed, abandoned }) => fixed + abandoned));
  const bars = invalidFields.map(({ field, fixed, abandoned }) => ({
    id: field,
    label: getLabel(field),
    parts: [{ value: fixed }, { value: abandoned, isBad: true }],
    text: t('counts', { mended: fixed, lost: abandoned }),
  }));
  return <Bars caption={t('errors')} bars={bars} maxValue={maxCount} />;
}

const Download = ({ href, text }: { href: string; text: string }) => (
  <TextLink href={href} download>
    {text}
  </TextLink>
);
