import type { StepNotice } from '@/components/form/step-form';
import { StepView } from '@/components/pages/step-view';
import type { PlainStepId } from '@/components/steps/plain-step';
import { getPlacesSettings } from '@/lib/config/vendor-settings';
import type { Locale } from '@/lib/i18n/routing';
import { buildJourneyView } from '@/lib/use-cases/customer/journey-view';
import { requirePageAccess } from '@/lib/use-cases/customer/page-access';
import { finishStep, saveStep } from './actions';

/** What a redirect says to a step's page. */
export type StepQuery = { [Notice in StepNotice]?: string };

export const readNotice = ({ updated: updatedParam, lost: lostParam }: StepQuery): StepNotice | undefined =>
  updatedParam !== undefined ? 'updated' : lostParam !== undefined ? 'lost' : undefined;

type Props = { locale: Locale; step: PlainStepId; query: Promise<StepQuery> };

/** The page of a step whose fields are all our own. */
export async function StepPage({ locale, step, query }: Props) {
  const journey = buildJourneyView(await requirePageAccess(locale, step), locale);
  const requestedNotice = readNotice(await query);
  // The address may outlive what it says.
  const notice = requestedNotice === 'lost' && journey.canStartOver ? undefined : requestedNotice;
  const actions = { save: saveStep.bind(null, locale, step), finish: finishStep.bind(null, locale, step) };
  return <StepView step={step} journey={journey} actions={actions} places={getPlacesSettings()} notice={notice} />;
}
