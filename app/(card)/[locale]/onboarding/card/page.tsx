import { redirect } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { saveStep } from '@/app/(site)/[locale]/onboarding/actions';
import { CardStep } from '@/components/card/card-step';
import { StepHeader } from '@/components/layout/step-header';
import { buttonLook } from '@/components/ui/button';
import { ClientWords } from '@/components/words/client-words';
import { vaultSettings } from '@/lib/config/browser-keys';
import { type FormInput, fieldText } from '@/lib/domain/form-input';
import type { Answers } from '@/lib/domain/steps';
import type { Locale } from '@/lib/i18n/routing';
import { guardPage, pageBefore, pagePath } from '@/lib/session/guard';

type Props = { params: Promise<{ locale: Locale }> };

export default async function CardPage({ params }: Props) {
  const { locale } = await params;
  const { walk, draft, context } = await guardPage(locale, 'card');
  const settings = vaultSettings();
  if (!settings) redirect(pagePath(locale, 'payment'));
  const t = await getTranslations('steps.card');
  return (
    <ClientWords step="card" only={['form', 'errors']}>
      <StepHeader walk={walk} page="card" title={t('title')} back={pageBefore(locale, walk, 'card')} />
      <div className="without-script">
        <p className="mb-4">{t('noScript')}</p>
        <a href={pagePath(locale, 'payment')} className={buttonLook('secondary')}>
          {t('other')}
        </a>
      </div>
      <CardStep
        title={t('title')}
        context={context}
        values={firstValues(draft?.content.steps.card?.input ?? {}, walk.answers, context.country)}
        settings={settings}
        action={saveStep.bind(null, locale, 'card')}
        otherPath={pagePath(locale, 'payment')}
      />
    </ClientWords>
  );
}

/** What may be shown again of a card: never an alias. The name is the customer's own until they say otherwise. */
function firstValues(saved: FormInput, { identity }: Answers, tenantCountry: string): FormInput {
  const own = [identity?.firstName, identity?.lastName, identity?.lastName2].filter(Boolean).join(' ');
  return {
    addCardParams: {
      cardtype: fieldText(saved, 'addCardParams.cardtype'),
      nameOnCard: fieldText(saved, 'addCardParams.nameOnCard') || own,
      country: fieldText(saved, 'addCardParams.country') || tenantCountry,
    },
  };
}
