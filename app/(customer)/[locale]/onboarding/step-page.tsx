import type { StepNotice } from '@/components/form/step-form';
import { StepView } from '@/components/pages/step-view';
import type { PlainStepId } from '@/components/steps/plain-step';
import { placesSettings } from '@/lib/config/browser-keys';
import type { Locale } from '@/lib/i18n/routing';
import { guardPage } from '@/lib/use-cases/customer/guard';
import { viewOf } from '@/lib/use-cases/customer/journey-view';
import { finishStep, saveStep } from './actions';

/** What a redirect says to a step's page. */
export type StepQuery = { [Notice in StepNotice]?: string };

export const readNotice = ({ updated, lost }: StepQuery): StepNotice | undefined =>
  updated !== undefined ? 'updated' : lost !== undefined ? 'lost' : undefined;

type Props = { locale: Locale; step: PlainStepId; query: Promise<StepQuery> };

/** The page of a step whose fields are all our own. */
export async function StepPage({ locale, step, query }: Props) {
  const journey = viewOf(await guardPage(locale, step), locale);
  const said = readNotice(await query);
  // The address may outlive what it says.
  const notice = said === 'lost' && journey.canStartOver ? undefined : said;
  const actions = { save: saveStep.bind(null, locale, step), finish: finishStep.bind(null, locale, step) };
  return <StepView step={step} journey={journey} actions={actions} places={placesSettings()} notice={notice} />;
}
