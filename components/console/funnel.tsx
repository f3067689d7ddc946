import { getTranslations } from 'next-intl/server';
import { formatDuration } from '@/lib/domain/statistics/duration';
import { FUNNEL_STAGES, type FunnelGroup } from '@/lib/domain/statistics/statistics';
import { Bars } from './bars';
import { getStageLabels } from './step-labels';

/** The funnel of one group of journeys, with the time of each step. */
export async function Funnel({ group, name }: { group: FunnelGroup; name: string }) {
  const t = await getTranslations('assist.figures');
  const labels = await getStageLabels();
  const { begun: startedCount } = group.stages;
  const bars = FUNNEL_STAGES.map((stage) => {
    const count = group.stages[stage];
    const percent = Math.round((100 * count) / startedCount);
    const text = count === 0 ? '0' : t('share', { count, percent });
    return { id: stage, label: labels[stage], parts: [{ value: count }], text };
  });
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
