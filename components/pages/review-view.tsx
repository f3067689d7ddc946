import { getTranslations } from 'next-intl/server';
import { Notice } from '@/components/form/notice';
import { HelpLink } from '@/components/layout/ask-for-help';
import { StartOver } from '@/components/layout/start-over';
import { StepHeader } from '@/components/layout/step-header';
import { SubmitForm } from '@/components/review/submit-form';
import { ClientWords } from '@/components/words/client-words';
import { AllAnswers, LastWords } from './finish';
import { type JourneyView, pageBefore } from './journey-view';
import { PartnerNote } from './partner-note';

type Props = {
  journey: JourneyView;
  action: (form: FormData) => Promise<void>;
  /** The words to agree to have changed since the button was pressed. */
  isReworded?: boolean;
};

/** The page before the end: everything that will be sent, what is agreed to, and the button. */
export async function ReviewView({ journey, action, isReworded }: Props) {
  const { walk, content } = journey;
  const t = await getTranslations('review');
  const back = content.partner ? undefined : pageBefore(journey, 'review');
  return (
    <ClientWords only={['form', 'review']}>
      <title>{t('title')}</title>
      <StepHeader walk={walk} page="review" title={t('title')} back={back} />
      <PartnerNote journey={journey} fields={[]} />
      <AllAnswers journey={journey} />
      <SubmitForm action={action} submitLabel={t('submit')}>
        {isReworded ? <Notice>{t('reworded')}</Notice> : null}
        <LastWords brand={journey.brand} />
      </SubmitForm>
      {journey.helpPath ? <HelpLink brandName={journey.brand.name} path={journey.helpPath} /> : null}
      {journey.canStartOver ? <StartOver locale={journey.locale} /> : null}
    </ClientWords>
  );
}
