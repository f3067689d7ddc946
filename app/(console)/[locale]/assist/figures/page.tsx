import { getTranslations } from 'next-intl/server';
import { Bars } from '@/components/console/bars';
import { ConsoleBar } from '@/components/console/console-bar';
import { Funnel } from '@/components/console/funnel';
import { StatisticsForm } from '@/components/console/statistics-form';
import { Alert } from '@/components/ui/alert';
import { TextLink } from '@/components/ui/text-link';
import { withAgentAuthorization } from '@/lib/auth/agent-authorization';
import type { FunnelGroup } from '@/lib/domain/statistics/statistics';
import type { Locale } from '@/lib/i18n/routing';
import { getStatistics, type StatisticsQuery } from '@/lib/use-cases/agent/get-statistics';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<StatisticsQuery> };

/** Shows the statistics of journeys to a supervisor, computed from events without personal data. */
export default async function StatisticsPage({ params, searchParams }: Props) {
  const { locale } = await params;
  const query = await searchParams;
  const { session, statistics } = await withAgentAuthorization(
    { locale, action: 'figures.read' },
    async ({ session }) => ({
      session,
      statistics: await getStatistics(session, query),
    }),
  );
  const t = await getTranslations('assist.figures');
  const tAssist = await getTranslations('assist');
  const {
    from = query.from ?? '',
    to = query.to ?? '',
    by: dimension = 'all',
    groups = [],
    wrong: invalidFields = [],
  } = statistics ?? {};
  const getCsvPath = (table: string) =>
    `/${locale}/assist/figures/csv?${new URLSearchParams({ table, from, to, by: dimension })}`;
  const getGroupName = ({ name }: FunnelGroup) => {
    if (dimension === 'all') return t('names.all');
    if (name === '') return t('noName');
    if (name === 'es' || name === 'en') return tAssist(`languages.${name}`);
    return name === 'self' || name === 'assisted' ? t(`names.${name}`) : name;
  };
  const maxCount = Math.max(0, ...invalidFields.map(({ fixed, abandoned }) => fixed + abandoned));
  const bars = invalidFields.map(({ field, fixed, abandoned }) => ({
    label: field,
    parts: [{ value: fixed }, { value: abandoned, isBad: true }],
    text: t('counts', { mended: fixed, lost: abandoned }),
  }));
  return (
    <>
      <title>{t('title')}</title>
      <ConsoleBar agent={session} locale={locale} />
      <h1 className="mb-6">{t('title')}</h1>
      <StatisticsForm from={from} to={to} dimension={dimension} />
      {statistics ? null : <Alert className="font-medium">{t('range')}</Alert>}
      {statistics && groups.length === 0 ? <p>{t('none')}</p> : null}
      {groups.length > 0 ? (
        <>
          <h2 className="mb-4 text-xl font-bold">{t('funnel')}</h2>
          {groups.map((group) => (
            <Funnel key={group.name} group={group} name={getGroupName(group)} />
          ))}
          <Download href={getCsvPath('funnel')} text={t('csv')} />
        </>
      ) : null}
      {invalidFields.length > 0 ? (
        <>
          <h2 className="mt-10 mb-4 text-xl font-bold">{t('errors')}</h2>
          <Bars caption={t('errors')} bars={bars} maxValue={maxCount} />
          <Download href={getCsvPath('errors')} text={t('csv')} />
        </>
      ) : null}
    </>
  );
}

const Download = ({ href, text }: { href: string; text: string }) => (
  <TextLink href={href} download>
    {text}
  </TextLink>
);
