import { getTranslations } from 'next-intl/server';
import { StampField } from '@/components/form/stamp-field';
import { ClientMessages } from '@/components/i18n/client-messages';
import { HelpLink } from '@/components/layout/help-button';
import { StartOver } from '@/components/layout/start-over';
import { StepHeader } from '@/components/layout/step-header';
import { CallLocation } from '@/components/review/call-location';
import { SubmitForm } from '@/components/review/submit-form';
import { Alert } from '@/components/ui/alert';
import { buildVersionMark } from '@/lib/domain/form-stamp';
import { AllAnswers, ConsentSection } from './finish-section';
import { getPreviousStep, type JourneyView } from './journey-view';
import { PartnerNotice } from './partner-notice';

type Props = {
  journey: JourneyView;
  action: (form: FormData) => Promise<void>;
  /** The reason why a post was not accepted: the consent text or the answers differ from those on the page. */
  notice?: 'reworded' | 'changed' | undefined;
};

/** The review page: all answers, the consent and the submit button. */
export async function ReviewView({ journey, action, notice }: Props) {
  const { progress, content } = journey;
  const t = await getTranslations('review');
  const stamp = journey.createStamp(buildVersionMark(journey.version));
  const previousStep = getPreviousStep(journey, 'review');
  const back = content.partner ? undefined : { path: previousStep ? journey.getPath(previousStep) : journey.home };
  return (
    <ClientMessages only={['form', 'review']}>
      <title>{t('title')}</title>
      <StepHeader progress={progress} page="review" title={t('title')} back={back} />
      <PartnerNotice journey={journey} />
      <SubmitForm
        action={action}
        submitLabel={t('submit')}
        consent={<ConsentSection brand={journey.brand} locale={journey.locale} />}
      >
        {/* Inside the form, which the bar with the button cannot leave. */}
        <AllAnswers journey={journey} />
        {notice ? <Alert className="font-medium">{t(notice)}</Alert> : null}
        <StampField value={stamp} />
        {journey.brand.askCallLocation ? <CallLocation /> : null}
      </SubmitForm>
      {journey.helpPath ? <HelpLink brandName={journey.brand.name} path={journey.helpPath} /> : null}
      {journey.canStartOver ? <StartOver locale={journey.locale} stamp={stamp} /> : null}
    </ClientMessages>
  );
}
