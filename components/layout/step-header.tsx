import { getTranslations } from 'next-intl/server';
import type { Walk } from '@/lib/domain/journey';
import type { StepId } from '@/lib/domain/steps';

type Props = { walk: Walk; page: StepId | 'review'; title: string; back: string | undefined };

/**
 * Where the customer is, in words (GOV.UK Design System: no progress bar), and the way back, which never validates. A page
 * that is the only one has neither.
 */
export async function StepHeader({ walk, page, title, back }: Props) {
  const t = await getTranslations('form');
  const pages = [...walk.path, 'review'];
  return (
    <div className="mb-8">
      {back ? (
        <>
          <a href={back} className="-ml-1 inline-flex min-h-11 items-center gap-1 px-1 underline underline-offset-4">
            <span aria-hidden="true">←</span>
            <span>{t('back')}</span>
          </a>
          <p className="mt-2 text-quiet">{t('progress', { current: pages.indexOf(page) + 1, total: pages.length })}</p>
        </>
      ) : null}
      <h1 className="mt-1">{title}</h1>
    </div>
  );
}
