import { getTranslations } from 'next-intl/server';
import { CardStep } from '@/components/card/card-step';
import type { StepNotice } from '@/components/form/step-form';
import { ClientMessages } from '@/components/i18n/client-messages';
import { StartOver } from '@/components/layout/start-over';
import { StepHeader } from '@/components/layout/step-header';
import { buttonVariants } from '@/components/ui/button';
import type { VaultSettings } from '@/lib/config/vendor-settings';
import { type FormInput, getFieldText } from '@/lib/domain/form-input';
import { getStepForm } from '@/lib/domain/journey';
import type { Answers } from '@/lib/domain/steps';
import type { JourneyView } from './journey-view';
import { KnownAnswers } from './partner-notice';
import { getBackTarget, getFormProps, type StepActions } from './step-view';

type Props = {
  journey: JourneyView;
  actions: StepActions;
  settings: VaultSettings;
  notice: StepNotice | undefined;
};

export async function CardView({ journey, actions, settings, notice }: Props) {
  const { getPath: path, progress, context, content } = journey;
  const t = await getTranslations('steps.card');
  const { isOnly, ...form } = await getFormProps('card', journey, actions);
  return (
    <ClientMessages step="card" only={isOnly ? ['form', 'errors', 'review'] : ['form', 'errors']}>
      <StepHeader
        progress={progress}
        page="card"
        title={t('title')}
        back={isOnly ? undefined : getBackTarget('card', journey)}
      />
      <KnownAnswers journey={journey} step="card" knownFields={form.knownFields} />
      <SavedCard saved={progress.answers.card} isStale={content.steps.card !== undefined} next={path('review')} />
      <div className="without-script">
        <p className="mb-4">{t('noScript')}</p>
        <a href={path('payment')} className={buttonVariants('secondary')}>
          {t('other')}
        </a>
      </div>
      <CardStep
        title={t('title')}
        context={context}
        values={getInitialValues(getStepForm(content, 'card'), progress.answers, context.country)}
        settings={settings}
        otherPath={path('payment')}
        notice={notice}
        {...form}
      />
      {journey.canStartOver ? <StartOver locale={journey.locale} stamp={form.stamp} /> : null}
    </ClientMessages>
  );
}

type SavedCardProps = { saved: Answers['card']; isStale: boolean; next: string };

/** Offers a valid saved card (WCAG 3.3.7), or explains why the customer must enter it again. */
async function SavedCard({ saved, isStale, next }: SavedCardProps) {
  const t = await getTranslations('steps.card');
  if (!saved) return isStale ? <p className="mb-6 rounded-control border border-line px-4 py-3">{t('again')}</p> : null;
  const { cardNetwork: network, lastFour: last4 } = saved.addCardParams;
  return (
    <div className="mb-8 grid gap-3 rounded-control border border-line px-4 py-4">
      <p>{t('saved', { card: t('ending', { network, last4 }) })}</p>
      <a href={next} className={buttonVariants('secondary')}>
        {t('keep')}
      </a>
    </div>
  );
}

/** Returns the saved values without tokens. The name on the card defaults to the customer's name. */
function getInitialValues(saved: FormInput, { identity }: Answers, tenantCountry: string): FormInput {
  const customerName = [identity?.firstName, identity?.lastName, identity?.lastName2].filter(Boolean).join(' ');
  return {
    addCardParams: {
      cardtype: getFieldText(saved, 'addCardParams.cardtype'),
      nameOnCard: getFieldText(saved, 'addCardParams.nameOnCard') || customerName,
      country: getFieldText(saved, 'addCardParams.country') || tenantCountry,
    },
  };
}
