import { notFound } from 'next/navigation';
import { StepView } from '@/components/pages/step-view';
import { isPlainStep } from '@/components/steps/plain-step';
import { placesSettings } from '@/lib/config/browser-keys';
import type { Locale } from '@/lib/i18n/routing';
import { guardPage } from '@/lib/session/guard';
import { viewOf } from '@/lib/session/journey-view';
import { finishStep, saveStep } from '../actions';

type Props = { params: Promise<{ locale: Locale; step: string }> };

export default async function StepPage({ params }: Props) {
  const { locale, step } = await params;
  if (!isPlainStep(step)) notFound();
  const journey = viewOf(await guardPage(locale, step), locale);
  const actions = { save: saveStep.bind(null, locale, step), finish: finishStep.bind(null, locale, step) };
  return <StepView step={step} journey={journey} actions={actions} places={placesSettings()} />;
}
