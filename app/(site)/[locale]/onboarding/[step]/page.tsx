import { notFound } from 'next/navigation';
import { getTranslations } from 'next-intl/server';
import { StepForm } from '@/components/form/step-form';
import { ClientMessages } from '@/components/layout/client-messages';
import { StepHeader } from '@/components/layout/step-header';
import { type PlainStepId, stepFields } from '@/components/steps/step-fields';
import { placesSettings } from '@/lib/config/browser-keys';
import type { Locale } from '@/lib/i18n/routing';
import { guardPage, pageBefore } from '@/lib/session/guard';
import { saveStep } from '../actions';

type Props = { params: Promise<{ locale: Locale; step: string }> };

const isPlainStep = (step: string): step is PlainStepId => Object.hasOwn(stepFields, step);

export default async function StepPage({ params }: Props) {
  const { locale, step } = await params;
  if (!isPlainStep(step)) notFound();
  const { walk, draft, context } = await guardPage(locale, step);
  const t = await getTranslations('steps');
  const Fields = stepFields[step];
  const title = t(`${step}.title`);
  return (
    <ClientMessages step={step} only={['form', 'errors']}>
      <StepHeader walk={walk} page={step} title={title} back={pageBefore(locale, walk, step)} />
      <StepForm
        stepId={step}
        title={title}
        context={context}
        values={draft?.content.steps[step]?.input ?? {}}
        action={saveStep.bind(null, locale, step)}
      >
        <Fields context={context} places={placesSettings()} />
      </StepForm>
    </ClientMessages>
  );
}
