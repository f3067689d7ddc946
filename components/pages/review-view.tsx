import { getTranslations } from 'next-intl/server';
import { Notice } from '@/components/form/notice';
import { StampField } from '@/components/form/stamp-field';
import { ClientWords } from '@/components/i18n/client-words';
import { HelpLink } from '@/components/layout/ask-for-help';
import { StartOver } from '@/components/layout/start-over';
import { StepHeader } from '@/components/layout/step-header';
import { SubmitForm } from '@/components/review/submit-form';
import { markVersion } from '@/lib/domain/form-stamp';
import { AllAnswers, LastWords } from './finish';
import { type JourneyView, stepBefore } from './journey-view';
import { PartnerNote } from './partner-note';

type Props = {
  journey: JourneyView;
  action: (form: FormData) => Promise<void>;
  /** Why the button was pressed in vain: the words to agree to, or the answers, are not those that the page showed. */
  notice?: 'reworded' | 'changed' | undefined;
};

/** The page before the end: everything that will be sent, what is agreed to, and the button. */
export async function ReviewView({ journey, action, notice }: Props) {
  const { walk, content } = journey;
  const t = await getTranslations('review');
  const stamp = journey.stamp(markVersion(journey.version));
  const before = stepBefore(journey, 'review');
  const back = content.partner ? undefined : { path: before ? journey.path(before) : journey.home };
  return (
    <ClientWords only={['form', 'review']}>
      <title>{t('title')}</title>
      <StepHeader walk={walk} page="review" title={t('title')} back={back} />
      <PartnerNote journey={journey} fields={[]} />
      <AllAnswers journey={journey} />
      <SubmitForm action={action} submitLabel={t('submit')}>
        {notice ? <Notice>{t(notice)}</Notice> : null}
        <StampField value={stamp} />
        <LastWords brand={journey.brand} />
      </SubmitForm>
      {journey.helpPath ? <HelpLink brandName={journey.brand.name} path={journey.helpPath} /> : null}
      {journey.canStartOver ? <StartOver locale={journey.locale} stamp={stamp} /> : null}
    </ClientWords>
  );
}
