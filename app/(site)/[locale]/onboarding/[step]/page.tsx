import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { StepHeader } from '@/components/layout/step-header';
import { type PlainStepId, stepComponents, titleKey } from '@/components/steps/step-components';
import { ClientWords } from '@/components/words/client-words';
import { placesSettings } from '@/lib/config/browser-keys';
import type { FieldErrors } from '@/lib/domain/form-input';
import { mendOf } from '@/lib/domain/outcomes/catalogue';
import type { Locale } from '@/lib/i18n/routing';
import type { CurrentJourney } from '@/lib/session/current-journey';
import { guardPage, pageBefore } from '@/lib/session/guard';
import { saveStep } from '../actions';

type Props = { params: Promise<{ locale: Locale; step: string }> };

const isPlainStep = (step: string): step is PlainStepId => Object.hasOwn(stepComponents, step);

export default async function StepPage({ params }: Props) {
  const { locale, step } = await params;
  if (!isPlainStep(step)) notFound();
  const { walk, draft, context, submission } = await guardPage(locale, step);
  const t = await getTranslations('steps');
  const Step = stepComponents[step];
  const title = t(titleKey(step, context));
  const typed = draft?.content.typed?.[step];
  return (
    <ClientWords step={step} only={['form', 'errors']}>
      <StepHeader walk={walk} page={step} title={title} back={pageBefore(locale, walk, step)} />
      <Step
        title={title}
        context={context}
        problems={typed?.errors ?? refusalAt(step, draft, submission)}
        values={typed?.input ?? draft?.content.steps[step]?.input ?? {}}
        action={saveStep.bind(null, locale, step)}
        places={placesSettings()}
      />
    </ClientWords>
  );
}

/** The upstream's no to a field of this step, as long as the answers are the ones that it said no to. */
function refusalAt(
  step: PlainStepId,
  draft: CurrentJourney['draft'],
  submission: CurrentJourney['submission'],
): FieldErrors | undefined {
  if (submission?.state !== 'refused' || submission.draftVersion !== draft?.version) return undefined;
  const mend = mendOf(submission.outcome);
  return mend?.step === step ? { [mend.field]: mend.error } : undefined;
}
