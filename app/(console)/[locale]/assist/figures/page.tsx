import { getTranslations } from 'next-intl/server';
import { Bars } from '@/components/console/bars';
import { ConsoleBar } from '@/components/console/console-bar';
import { FiguresForm } from '@/components/console/figures-form';
import { Funnel } from '@/components/console/funnel';
import { Notice } from '@/components/form/notice';
import { asAgent } from '@/lib/auth/current-agent';
import type { Group } from '@/lib/domain/statistics/figures';
import type { Locale } from '@/lib/i18n/routing';
import { type FiguresQuery, readFigures } from '@/lib/use-cases/agent/read-statistics';

type Props = { params: Promise<{ locale: Locale }>; searchParams: Promise<FiguresQuery> };

/** How journeys go, for a supervisor: from events in which nobody's details are. */
export default async function FiguresPage({ params, searchParams }: Props) {
  const { locale } = await params;
  const query = await searchParams;
  const { session, figures } = await asAgent(locale, 'figures.read', {}, async (session) => ({
    session,
    figures: await readFigures(session, query),
  }));
  const t = await getTranslations('assist.figures');
  const tAssist = await getTranslations('assist');
  const { from = query.from ?? '', to = query.to ?? '', by = 'all', groups = [], wrong = [] } = figures ?? {};
  const csv = (table: string) => `/${locale}/assist/figures/csv?${new URLSearchParams({ table, from, to, by })}`;
  const nameOf = ({ name }: Group) => {
    if (by === 'all') return t('names.all');
    if (name === '') return t('noName');
    if (name === 'es' || name === 'en') return tAssist(`languages.${name}`);
    return name === 'self' || name === 'assisted' ? t(`names.${name}`) : name;
  };
  const most = Math.max(0, ...wrong.map(({ mended, lost }) => mended + lost));
  const bars = wrong.map(({ field, mended, lost }) => ({
    ...{ label: field, parts: [{ value: mended }, { value: lost, isBad: true }] },
    text: t('counts', { mended, lost }),
  }));
  return (
    <>
      <title>{t('title')}</title>
      <ConsoleBar agent={session} locale={locale} />
      <h1 className="mb-6">{t('title')}</h1>
      <FiguresForm from={from} to={to} by={by} />
      {figures ? null : <Notice>{t('range')}</Notice>}
      {figures && groups.length === 0 ? <p>{t('none')}</p> : null}
      {groups.length > 0 ? (
        <>
          <h2 className="mb-4 text-xl font-bold">{t('funnel')}</h2>
          {groups.map((group) => (
            <Funnel key={group.name} group={group} name={nameOf(group)} />
          ))}
          <Download href={csv('funnel')} text={t('csv')} />
        </>
      ) : null}
      {wrong.length > 0 ? (
        <>
          <h2 className="mt-10 mb-4 text-xl font-bold">{t('errors')}</h2>
          <Bars caption={t('errors')} bars={bars} most={most} />
          <Download href={csv('errors')} text={t('csv')} />
        </>
      ) : null}
    </>
  );
}

const Download = ({ href, text }: { href: string; text: string }) => (
  <a href={href} download className="inline-flex min-h-11 items-center underline underline-offset-4">
    {text}
  </a>
);
