import { getTranslations } from 'next-intl/server';
import { BACK_TO_FIELD, STEP_FORM_ID } from '@/components/form/form-names';
import type { JourneyProgress } from '@/lib/domain/journey';
import type { StepId } from '@/lib/domain/steps';

/** The page before: its path, or what the step's form posts to get there with all that is typed. */
export type BackTarget = { path: string } | { backTo: string };
type Props = { progress: JourneyProgress; page: StepId | 'review'; title: string; back: BackTarget | undefined };

const LINK_CLASSES = '-ml-1 inline-flex min-h-11 cursor-pointer items-center gap-1 px-1 underline underline-offset-4';

/**
 * Where the customer is, in words (GOV.UK Design System: no progress bar), and the way back, which never validates. A page
 * that is the only one has neither.
 */
export async function StepHeader({ progress, page, title, back }: Props) {
  const t = await getTranslations('form');
  const pages = [...progress.path, 'review'];
  return (
    <div className="mb-8">
      {back ? (
        <>
          {'path' in back ? (
            <a href={back.path} className={LINK_CLASSES}>
              <span aria-hidden="true">←</span>
              <span>{t('back')}</span>
            </a>
          ) : (
            // biome-ignore lint/a11y/useSemanticElements: it leads to a page; as a button it takes the form along, without script too
            <button
              type="submit"
              role="link"
              form={STEP_FORM_ID}
              name={BACK_TO_FIELD}
              value={back.backTo}
              className={LINK_CLASSES}
            >
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
