import { getTranslations } from 'next-intl/server';
import { TextLink } from '@/components/ui/text-link';

const PRESETS = [
  ['today', 1],
  ['week', 7],
  ['month', 30],
] as const;

type Props = {
  /** The days that the page shows. */
  from: string;
  to: string;
  today: string;
  /** Returns the first day of a period that ends today. */
  getPeriodStart: (days: number) => string;
  getPath: (from: string, to: string) => string;
};

/** Links to the usual periods. */
export async function PeriodLinks({ from, to, today, getPeriodStart, getPath }: Props) {
  const t = await getTranslations('assist.figures.presets');
  return (
    <nav className="mb-2 flex flex-wrap gap-x-5" aria-label={t('label')}>
      {PRESETS.map(([name, days]) => {
        const start = getPeriodStart(days);
        const isCurrent = from === start && to === today;
        return (
          <TextLink key={name} href={getPath(start, today)} aria-current={isCurrent || undefined}>
            {t(name)}
          </TextLink>
        );
      })}
    </nav>
  );
}
