import { getTranslations } from 'next-intl/server';
import { BACK_TO_FIELD, STEP_FORM_ID } from '@/components/form/form-names';
import { TextButton, TextLink } from '@/components/ui/text-link';
import type { JourneyProgress } from '@/lib/domain/journey';
import { getProgressPosition } from '@/lib/domain/progress-position';
import type { StepId } from '@/lib/domain/steps';

/** The previous page: its path, or the value with which the step's form posts its partial answers and leads there. */
export type BackTarget = { path: string } | { backTo: string };
type Props = { progress: JourneyProgress; page: StepId | 'review'; title: string; back: BackTarget | undefined };

const BACK_CLASSES = '-ml-1 gap-1 px-1';

/** Shows the link back, which never validates, the progress and the title. A journey of one page has only the title. */
export function StepHeader({ progress, page, title, back }: Props) {
  return (
    <>
      {back ? (
        <div className="-mt-3.5 flex flex-wrap items-center gap-x-4 text-[0.9375rem] sm:mt-0">
          <BackLink target={back} />
          <Progress {...getProgressPosition(progress.path, page)} />
        </div>
      ) : null}
      <h1 className="mb-2 sm:mb-4">{title}</h1>
    </>
  );
}

async function BackLink({ target }: { target: BackTarget }) {
  const t = await getTranslations('form');
  const content = (
    <>
      <span aria-hidden="true">←</span>
      <span>{t('back')}</span>
    </>
  );
  if ('path' in target)
    return (
      <TextLink href={target.path} className={BACK_CLASSES}>
        {content}
      </TextLink>
    );
  return (
    // It opens a page, and as a button it posts the form, even without script.
    <TextButton
      type="submit"
      role="link"
      form={STEP_FORM_ID}
      name={BACK_TO_FIELD}
      value={target.backTo}
      className={BACK_CLASSES}
    >
      {content}
    </TextButton>
  );
}

/** A bar with one segment for each page, and the same as a text. Forced colours show the empty segments by their borders. */
async function Progress({ current, total }: { current: number; total: number }) {
  const t = await getTranslations('form');
  return (
    <div className="flex min-w-44 grow items-center gap-3">
      <div aria-hidden="true" className="flex grow gap-1">
        {Array.from({ length: total }, (_, index) => (
          <span
            // biome-ignore lint/suspicious/noArrayIndexKey: a segment is its position
            key={index}
            className={`h-1.5 grow rounded-full border border-transparent ${index < current ? 'bg-accent forced-colors:bg-[CanvasText]' : 'bg-line'}`}
          />
        ))}
      </div>
      <p className="text-quiet">{t('progress', { current, total })}</p>
    </div>
  );
}
