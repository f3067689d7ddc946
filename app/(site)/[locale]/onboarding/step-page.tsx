import { StepView } from '@/components/pages/step-view';
import type { PlainStepId } from '@/components/steps/plain-step';
import { placesSettings } from '@/lib/config/browser-keys';
import type { Locale } from '@/lib/i18n/routing';
import { guardPage } from '@/lib/session/guard';
import { viewOf } from '@/lib/session/journey-view';
import { finishStep, saveStep } from './actions';

/** The page of a step whose fields are all our own. */
export async function StepPage({ locale, step }: { locale: Locale; step: PlainStepId }) {
  const journey = viewOf(await guardPage(locale, step), locale);
  const actions = { save: saveStep.bind(null, locale, step), finish: finishStep.bind(null, locale, step) };
  return <StepView step={step} journey={journey} actions={actions} places={placesSettings()} />;
}
