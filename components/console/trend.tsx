import { getLocale, getTranslations } from 'next-intl/server';
import type { DailyCount } from '@/lib/domain/statistics/statistics';

const [WIDTH, HEIGHT] = [600, 120];

/** Journeys by day as two lines. The sentence below has the highest day, and a table every number. */
export async function Trend({ days }: { days: readonly DailyCount[] }) {
  const t = await getTranslations('assist.figures');
  const format = new Intl.DateTimeFormat(await getLocale(), { dateStyle: 'medium', timeZone: 'UTC' });
  const begunCounts = days.map(({ begun }) => begun);
  const deliveredCounts = days.map(({ delivered }) => delivered);
  const maxCount = Math.max(1, ...begunCounts);
  const top = days.find(({ begun }) => begun === maxCount);
  if (days.length < 2 || !top) return null;
  const text = t('trend.text', { day: format.format(new Date(top.day)), begun: top.begun, delivered: top.delivered });
  return (
    <figure className="mb-8">
      <h2 className="mb-2 text-lg font-bold">{t('trend.title')}</h2>
      <svg aria-hidden="true" viewBox={`-4 -4 ${WIDTH + 8} ${HEIGHT + 8}`} preserveAspectRatio="none" className="trend">
        <polyline points={buildPoints(begunCounts, maxCount)} className="trend-begun" />
        <polyline points={buildPoints(deliveredCounts, maxCount)} className="trend-delivered" />
      </svg>
      <figcaption className="text-[0.9375rem]">
        <p>
          <span className="trend-begun-key">{t('stages.begun')}</span>
          <span className="trend-delivered-key">{t('stages.delivered')}</span>
        </p>
        <p>{text}</p>
        <details>
          <summary className="cursor-pointer py-2.5">{t('trend.table')}</summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls a wide table (WCAG 2.1.1) */}
          <section className="overflow-x-auto" aria-label={t('trend.table')} tabIndex={0}>
            <TrendTable days={days} format={format} />
          </section>
        </details>
      </figcaption>
    </figure>
  );
}

/** Spreads the counts over the picture's width; the highest one touches its upper edge. */
const buildPoints = (counts: readonly number[], maxCount: number): string =>
  counts
    .map((count, index) => {
      const [x, y] = [(WIDTH * index) / (counts.length - 1), HEIGHT - (HEIGHT * count) / maxCount];
      return `${x.toFixed(1)},${y.toFixed(1)}`;
    })
    .join(' ');

async function TrendTable({ days, format }: { days: readonly DailyCount[]; format: Intl.DateTimeFormat }) {
  const t = await getTranslations('assist.figures');
  return (
    <table className="statistics-table">
      <thead>
        <tr>
          <th scope="col">{t('trend.day')}</th>
          <th scope="col">{t('stages.begun')}</th>
          <th scope="col">{t('stages.delivered')}</th>
        </tr>
      </thead>
      <tbody>
        {days.map(({ day, begun, delivered }) => (
          <tr key={day}>
            <th scope="row">{format.format(new Date(day))}</th>
            <td>{begun}</td>
            <td>{delivered}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
