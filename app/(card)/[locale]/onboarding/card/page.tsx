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
  const typed = draft?.content.typed?.card;
  return (
    <ClientWords step="card" only={['form', 'errors']}>
      <StepHeader walk={walk} page="card" title={t('title')} back={pageBefore(locale, walk, 'card')} />
      <SavedCard
        saved={walk.answers.card}
        isStale={draft?.content.steps.card !== undefined}
        next={pagePath(locale, 'review')}
      />
      <div className="without-script">
        <p className="mb-4">{t('noScript')}</p>
        <a href={pagePath(locale, 'payment')} className={buttonLook('secondary')}>
          {t('other')}
        </a>
      </div>
      <CardStep
        title={t('title')}
        context={context}
        values={firstValues(typed?.input ?? draft?.content.steps.card?.input ?? {}, walk.answers, context.country)}
        problems={typed?.errors}
        settings={settings}
        action={saveStep.bind(null, locale, 'card')}
        otherPath={pagePath(locale, 'payment')}
      />
    </ClientWords>
  );
}

type SavedCardProps = { saved: Answers['card']; isStale: boolean; next: string };

/** A card that is still good need not be typed again (WCAG 3.3.7); one that is not is told why. */
async function SavedCard({ saved, isStale, next }: SavedCardProps) {
  const t = await getTranslations('steps.card');
  if (!saved) return isStale ? <p className="mb-6 rounded-control border border-line px-4 py-3">{t('again')}</p> : null;
  const { cardNetwork: network, lastFour: last4 } = saved.addCardParams;
  return (
    <div className="mb-8 grid gap-3 rounded-control border border-line px-4 py-4">
      <p>{t('saved', { card: t('ending', { network, last4 }) })}</p>
      <a href={next} className={buttonLook('secondary')}>
        {t('keep')}
      </a>
    </div>
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
