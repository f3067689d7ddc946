import { getTranslations } from 'next-intl/server';
import { AnswerList } from '@/components/review/answer-list';
import { CallLocation } from '@/components/review/call-location';
import { Consent } from '@/components/review/consent';
import { getStepForm } from '@/lib/domain/journey';
import { getLockedFields, isAllLocked } from '@/lib/domain/partner-start';
import { getStep, type StepId } from '@/lib/domain/steps';
import type { JourneyView } from './journey-view';
import { PartnerNotice } from './partner-notice';

type Props = {
  journey: JourneyView;
  /** The step on the page itself. */
  exceptStep?: StepId;
};

/** All answers that will be submitted. Steps that a partner has locked have no change link. */
export function AllAnswers({ journey: { getPath: path, progress, content, refusal }, exceptStep }: Props) {
  const answers = { ...progress.validAnswers };
  if (exceptStep) delete answers[exceptStep];
  const locked = getLockedFields(content.partner, refusal);
  const isChangeable = (step: StepId) =>
    progress.path.includes(step) && !isAllLocked(getStep(step).fields, getStepForm(content, step), locked);
  return <AnswerList answers={answers} getChangePath={(step) => (isChangeable(step) ? path(step) : undefined)} />;
}

/** The consent above the submit button, with the partner's legal pages. */
export async function ConsentSection({ brand, locale }: Pick<JourneyView, 'brand' | 'locale'>) {
  const { consent, legal } = brand;
  const t = await getTranslations('site');
  const links = legal
    ? [
        { path: legal.terms[locale], label: t('terms') },
        { path: legal.privacy[locale], label: t('privacy') },
      ]
    : [];
  return <Consent {...consent} links={links} />;
}

/** Builds the end of a journey with one page: the other answers, the consent and the button's label. */
export async function buildFinishSection(step: StepId, journey: JourneyView) {
  const t = await getTranslations('review');
  const children = (
    <>
      <PartnerNotice journey={journey} />
      <AllAnswers journey={journey} exceptStep={step} />
      {journey.brand.askCallLocation ? <CallLocation /> : null}
    </>
  );
  const consent = <ConsentSection brand={journey.brand} locale={journey.locale} />;
  return { label: t('submit'), consent, children };
}
