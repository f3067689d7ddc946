import { getTranslations } from 'next-intl/server';
import { AnswerList } from '@/components/review/answer-list';
import { CallLocation } from '@/components/review/call-location';
import { Consent } from '@/components/review/consent';
import { getStepForm } from '@/lib/domain/journey';
import { getLockedFields, isAllLocked } from '@/lib/domain/partner-start';
import { getStep, type StepId } from '@/lib/domain/steps';
import type { JourneyView } from './journey-view';

type Props = {
  journey: JourneyView;
  /** The step that the page itself asks. */
  exceptStep?: StepId;
};

/** Everything that will be sent. What a partner has locked has no way to change it. */
export function AllAnswers({ journey: { getPath: path, progress, content, refusal }, exceptStep }: Props) {
  const answers = { ...progress.validAnswers };
  if (exceptStep) delete answers[exceptStep];
  const locked = getLockedFields(content.partner, refusal);
  const isChangeable = (step: StepId) =>
    progress.path.includes(step) && !isAllLocked(getStep(step).fields, getStepForm(content, step), locked);
  return <AnswerList answers={answers} getChangePath={(step) => (isChangeable(step) ? path(step) : undefined)} />;
}

/** What stands above the last button. */
export function ConsentSection({ brand: { askCallLocation, consent } }: Pick<JourneyView, 'brand'>) {
  return (
    <>
      {askCallLocation ? <CallLocation /> : null}
      <Consent {...consent} />
    </>
  );
}

/** On the only page of a partner's link: the rest of the answers, and the last words. */
export async function buildFinishSection(step: StepId, journey: JourneyView) {
  const t = await getTranslations('review');
  const children = (
    <>
      <h2 className="mt-4 text-xl font-bold">{t('rest')}</h2>
      <AllAnswers journey={journey} exceptStep={step} />
      <ConsentSection brand={journey.brand} />
    </>
  );
  return { label: t('submit'), children };
}
