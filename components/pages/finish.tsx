import { getTranslations } from 'next-intl/server';
import { AnswerList } from '@/components/review/answer-list';
import { CallLocation } from '@/components/review/call-location';
import { Consent } from '@/components/review/consent';
import { formOf } from '@/lib/domain/journey';
import { isAllLocked, stillLocked } from '@/lib/domain/partner-start';
import { type StepId, stepOf } from '@/lib/domain/steps';
import type { JourneyView } from './journey-view';

type Props = {
  journey: JourneyView;
  /** The step that the page itself asks. */
  but?: StepId;
};

/** Everything that will be sent. What a partner has locked has no way to change it. */
export function AllAnswers({ journey: { path, walk, content, refusal }, but }: Props) {
  const answers = { ...walk.known };
  if (but) delete answers[but];
  const locked = stillLocked(content.partner, refusal);
  const isOpen = (step: StepId) =>
    walk.path.includes(step) && !isAllLocked(stepOf(step).fields, formOf(content, step), locked);
  return <AnswerList answers={answers} changePath={(step) => (isOpen(step) ? path(step) : undefined)} />;
}

/** What stands above the last button. */
export function LastWords({ brand: { askCallLocation, consent } }: Pick<JourneyView, 'brand'>) {
  return (
    <>
      {askCallLocation ? <CallLocation /> : null}
      <Consent {...consent} />
    </>
  );
}

/** On the only page of a partner's link: the rest of the answers, and the last words. */
export async function finishOn(step: StepId, journey: JourneyView) {
  const t = await getTranslations('review');
  const children = (
    <>
      <h2 className="mt-4 text-xl font-bold">{t('rest')}</h2>
      <AllAnswers journey={journey} but={step} />
      <LastWords brand={journey.brand} />
    </>
  );
  return { label: t('submit'), children };
}
