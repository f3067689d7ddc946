import { getTranslations } from 'next-intl/server';
import { BACK_TO_FIELD, STEP_FORM_ID } from '@/components/form/form-names';
import { TextButton, TextLink } from '@/components/ui/text-link';
import type { JourneyProgress } from '@/lib/domain/journey';
import type { StepId } from '@/lib/domain/steps';

/** The previous page: its path, or the value with which the step's form posts its partial answers and leads there. */
export type BackTarget = { path: string } | { backTo: string };
type Props = { progress: JourneyProgress; page: StepId | 'review'; title: string; back: BackTarget | undefined };

const BACK_CLASSES = '-ml-1 gap-1 px-1';

/**
 * Shows the progress in words (GOV.UK Design System: no progress bar) and the link back, which never validates. A journey of
 * one page has neither.
 */
export async function StepHeader({ progress, page, title, back }: Props) {
  const t = await getTranslations('form');
  const pages = [...progress.path, 'review'];
  return (
    <div className="mb-8">
      {back ? (
        <>
          {'path' in back ? (
            <TextLink href={back.path} className={BACK_CLASSES}>
              <span aria-hidden="true">←</span>
              <span>{t('back')}</span>
            </TextLink>
          ) : (
            // It opens a page, and as a button it posts the form, even without script.
            <TextButton
              type="submit"
              role="link"
              form={STEP_FORM_ID}
              name={BACK_TO_FIELD}
              value={back.backTo}
              className={BACK_CLASSES}
            >
              <span aria-hidden="true">←</span>
              <span>{t('back')}</span>
            </TextButton>
          )}
          <p className="mt-2 text-quiet">{t('progress', { current: pages.indexOf(page) + 1, total: pages.length })}</p>
        </>
      ) : null}
      <h1 className="mt-1">{title}</h1>
    </div>
  );
}
