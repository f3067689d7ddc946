import { requirePageAccess } from '@/app/(customer)/[locale]/onboarding/require-page-access';
import type { StepNotice } from '@/components/form/step-form';
import { StepView } from '@/components/pages/step-view';
import type { PlainStepId } from '@/components/steps/plain-step';
import { getPlacesSettings } from '@/lib/config/vendor-settings';
import { isFramedVisit } from '@/lib/http/framed-visit';
import type { Locale } from '@/lib/i18n/routing';
import { buildJourneyView } from '@/lib/use-cases/customer/build-journey-view';
import { findSavedArea } from '@/lib/use-cases/customer/find-saved-area';
import { finishStep, saveStep } from './actions';

/** The query by which a redirect passes a notice to a step's page. */
export type StepQuery = { [Notice in StepNotice]?: string };

export const readNotice = ({ updated: updatedParam, lost: lostParam }: StepQuery): StepNotice | undefined =>
  updatedParam !== undefined ? 'updated' : lostParam !== undefined ? 'lost' : undefined;

type Props = { locale: Locale; step: PlainStepId; query: Promise<StepQuery> };

/** Renders a step whose fields are all our own; the card's fields belong to the vault. */
export async function StepPage({ locale, step, query }: Props) {
  const journey = buildJourneyView(await requirePageAccess(locale, step), locale, await isFramedVisit());
  const requestedNotice = readNotice(await query);
  // The customer may reload the address after a new draft has begun.
  const notice = requestedNotice === 'lost' && journey.canStartOver ? undefined : requestedNotice;
  const postal = step === 'address' ? findSavedArea(journey.content) : undefined;
  const actions = { save: saveStep.bind(null, locale, step), finish: finishStep.bind(null, locale, step) };
  return (
    <StepView
      step={step}
      journey={journey}
      actions={actions}
      places={getPlacesSettings()}
      postal={postal}
      notice={notice}
    />
  );
}
