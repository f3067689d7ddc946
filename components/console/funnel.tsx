import { getTranslations } from 'next-intl/server';
import { FUNNEL_STAGES, type FunnelGroup, type FunnelStage } from '@/lib/domain/statistics/statistics';
import { Bars } from './bars';

/** The funnel of one group of journeys, with the time of each step. */
export async function Funnel({ group, name }: { group: FunnelGroup; name: string }) {
  const t = await getTranslations('assist.figures');
  const tSteps = await getTranslations('steps');
  const getStageLabel = (stage: FunnelStage) =>
    stage === 'begun' || stage === 'delivered' ? t(`stages.${stage}`) : tSteps(`${stage}.short`);
  const { begun: startedCount } = group.stages;
  const bars = FUNNEL_STAGES.map((stage) => {
    const count = group.stages[stage];
    const percent = Math.round((100 * count) / startedCount);
    return { label: getStageLabel(stage), parts: [{ value: count }], text: t('share', { count, percent }) };
  });
  const formatDuration = (seconds: number) => {
    const wholeSeconds = Math.round(seconds);
    return t('minutes', { minutes: Math.floor(wholeSeconds / 60), seconds: wholeSeconds % 60 });
  };
  return (
    <section className="mb-8">
      <h3 dir="auto" className="mb-2 font-bold">
        {name}
      </h3>
      <Bars caption={`${t('funnel')}: ${name}`} bars={bars} maxValue={startedCount} />
      {group.median === undefined || group.ninthDecile === undefined ? null : (
        <p className="mt-2 text-[0.9375rem]">
          <span>{`${t('time')}: ${t('median')} `}</span>
          <strong>{formatDuration(group.median)}</strong>
          <span>{`. ${t('ninth')} `}</span>
          <strong>{formatDuration(group.ninthDecile)}</strong>
          <span>.</span>
        </p>
      )}
    </section>
  );
}
