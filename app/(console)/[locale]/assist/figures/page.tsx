import { getTranslations } from 'next-intl/server';
import { ConsoleBar } from '@/components/console/console-bar';
import { PeriodLinks } from '@/components/console/period-links';
import { StatisticsForm } from '@/components/console/statistics-form';
import { StatisticsView } from '@/components/console/statistics-view';
import { Alert } from '@/components/ui/alert';
import { withAgentAuthorization } from '@/lib/auth/agent-authorization';
import { getEnv } from '@/lib/config/env';
import type { Locale } from '@/lib/i18n/routing';
import { getPeriodStart, getStatistics, getToday, type StatisticsQuery } from '@/lib/use-cases/agent/get-statistics';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<StatisticsQuery> };

/** Shows the statistics of journeys to a supervisor, computed from events without personal data. */
export default async function StatisticsPage({ params, searchParams }: Props) {
  const { locale } = await params;
  const query = await searchParams;
  const { session, statistics } = await withAgentAuthorization(
    { locale, action: 'figures.read' },
    async ({ session }) => ({ session, statistics: await getStatistics(session, query) }),
  );
  const t = await getTranslations('assist.figures');
  const { from = query.from ?? '', to = query.to ?? '', by: dimension = 'all' } = statistics ?? {};
  const getPath = (changes: Record<string, string>, page = '') =>
    `/${locale}/assist/figures${page}?${new URLSearchParams({ from, to, by: dimension, ...changes })}`;
  return (
    <>
      <title>{t('title')}</title>
      <ConsoleBar agent={session} locale={locale} />
      <h1 className="mb-2">{t('title')}</h1>
      <PeriodLinks
        from={from}
        to={to}
        today={getToday()}
        getPeriodStart={getPeriodStart}
        getPath={(start, end) => getPath({ from: start, to: end })}
      />
      <StatisticsForm from={from} to={to} dimension={dimension} />
      {statistics ? (
        <StatisticsView
          statistics={statistics}
          country={getEnv().RAAS_COUNTRY}
          getSortPath={(sort) => getPath({ sort })}
          getCsvPath={(table) => getPath({ table }, '/csv')}
        />
      ) : (
        <Alert className="font-medium">{t('range')}</Alert>
      )}
    </>
  );
}
