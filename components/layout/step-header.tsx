import { getTranslations } from 'next-intl/server';
import { BACK_TO, STEP_FORM_ID } from '@/components/form/form-names';
import type { Walk } from '@/lib/domain/journey';
import type { StepId } from '@/lib/domain/steps';

/** The page before: its path, or what the step's form posts to get there with all that is typed. */
export type Back = { path: string } | { backTo: string };
type Props = { walk: Walk; page: StepId | 'review'; title: string; back: Back | undefined };

const LOOK = '-ml-1 inline-flex min-h-11 cursor-pointer items-center gap-1 px-1 underline underline-offset-4';

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
          {'path' in back ? (
            <a href={back.path} className={LOOK}>
              <span aria-hidden="true">←</span>
              <span>{t('back')}</span>
            </a>
          ) : (
            // biome-ignore lint/a11y/useSemanticElements: it leads to a page; as a button it takes the form along, without script too
            <button type="submit" role="link" form={STEP_FORM_ID} name={BACK_TO} value={back.backTo} className={LOOK}>
              <span aria-hidden="true">←</span>
              <span>{t('back')}</span>
            </button>
          )}
          <p className="mt-2 text-quiet">{t('progress', { current: pages.indexOf(page) + 1, total: pages.length })}</p>
        </>
      ) : null}
      <h1 className="mt-1">{title}</h1>
    </div>
  );
}
