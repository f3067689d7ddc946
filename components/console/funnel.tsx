import { getTranslations } from 'next-intl/server';
import { type Group, STAGES, type Stage } from '@/lib/domain/statistics/figures';
import { Bars } from './bars';

/** How far the journeys of one group get, and how long they take. */
export async function Funnel({ group, name }: { group: Group; name: string }) {
  const t = await getTranslations('assist.figures');
  const tSteps = await getTranslations('steps');
  const labelOf = (stage: Stage) =>
    stage === 'begun' || stage === 'delivered' ? t(`stages.${stage}`) : tSteps(`${stage}.short`);
  const { begun } = group.stages;
  const bars = STAGES.map((stage) => {
    const count = group.stages[stage];
    const percent = Math.round((100 * count) / begun);
    return { label: labelOf(stage), parts: [{ value: count }], text: t('share', { count, percent }) };
  });
  const timeOf = (seconds: number) => {
    const whole = Math.round(seconds);
    return t('minutes', { minutes: Math.floor(whole / 60), seconds: whole % 60 });
  };
  return (
    <section className="mb-8">
      <h3 dir="auto" className="mb-2 font-bold">
        {name}
      </h3>
      <Bars caption={`${t('funnel')}: ${name}`} bars={bars} most={begun} />
      {group.median === undefined || group.ninth === undefined ? null : (
        <p className="mt-2 text-[0.9375rem]">
          <span>{`${t('time')}: ${t('median')} `}</span>
          <strong>{timeOf(group.median)}</strong>
          <span>{`. ${t('ninth')} `}</span>
          <strong>{timeOf(group.ninth)}</strong>
          <span>.</span>
        </p>
      )}
    </section>
  );
}
