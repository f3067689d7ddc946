import { getTranslations } from 'next-intl/server';
import { Button } from '@/components/ui/button';
import { DIMENSIONS } from '@/lib/domain/statistics/statistics';

type Props = { from: string; to: string; dimension: string };

/** Selects the period and the grouping of the statistics. It is a GET form, so that the result has a URL. */
export async function StatisticsForm({ from, to, dimension }: Props) {
  const t = await getTranslations('assist.figures');
  return (
    <form className="statistics-form">
      {(
        [
          ['from', from],
          ['to', to],
        ] as const
      ).map(([name, value]) => (
        <div key={name}>
          <label htmlFor={name} className="mb-1 block font-semibold">
            {t(name)}
          </label>
          <input id={name} name={name} type="date" defaultValue={value} className="control" />
        </div>
      ))}
      <div>
        <label htmlFor="by" className="mb-1 block font-semibold">
          {t('by')}
        </label>
        <select id="by" name="by" defaultValue={dimension} className="control">
          {DIMENSIONS.map((option) => (
            <option key={option} value={option}>
              {t(`dimensions.${option}`)}
            </option>
          ))}
        </select>
      </div>
      <Button type="submit" kind="secondary" className="self-end">
        {t('show')}
      </Button>
    </form>
  );
}
