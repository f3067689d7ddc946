import { getTranslations } from 'next-intl/server';
import { formatDuration } from '@/lib/domain/statistics/duration';
import type { FunnelGroup } from '@/lib/domain/statistics/statistics';

type Props = { total: FunnelGroup; before: FunnelGroup | undefined; dayCount: number };

/** The main numbers of a period, each with its change since the period before in a sign and in words. */
export async function Comparison({ total, before, dayCount }: Props) {
  const t = await getTranslations('assist.figures');
  const compareCount = (stage: 'begun' | 'delivered') => {
    const difference = total.stages[stage] - (before?.stages[stage] ?? 0);
    if (difference === 0) return <Change sign="=" text={t('compare.same')} />;
    const text = t(difference > 0 ? 'compare.more' : 'compare.less', { count: Math.abs(difference) });
    return <Change sign={difference > 0 ? '▲' : '▼'} text={text} />;
  };
  const slower = total.median === undefined || before?.median === undefined ? undefined : total.median - before.median;
  return (
    <section className="mb-8">
      <h2 className="mb-2 text-lg font-bold">
        {dayCount === 1 ? t('compare.today') : t('compare.title', { days: dayCount })}
      </h2>
      <dl className="comparison">
        {(['begun', 'delivered'] as const).map((stage) => (
          <div key={stage}>
            <dt>{t(`stages.${stage}`)}</dt>
            <dd>
              <strong>{total.stages[stage]}</strong>
              {compareCount(stage)}
            </dd>
          </div>
        ))}
        {total.median === undefined ? null : (
          <div>
            <dt>{t('compare.time')}</dt>
            <dd>
              <strong>{formatDuration(total.median)}</strong>
              {slower === undefined ? null : Math.round(slower) === 0 ? (
                <Change sign="=" text={t('compare.same')} />
              ) : (
                <Change
                  sign={slower > 0 ? '▲' : '▼'}
                  text={t(slower > 0 ? 'compare.slower' : 'compare.faster', { time: formatDuration(Math.abs(slower)) })}
                />
              )}
            </dd>
          </div>
        )}
      </dl>
    </section>
  );
}

const Change = ({ sign, text }: { sign: string; text: string }) => (
  <span className="block text-[0.9375rem] text-quiet">
    <span aria-hidden="true">{`${sign} `}</span>
    <span>{text}</span>
  </span>
);
