import { notFound, redirect } from 'next/navigation';
import { readNotice, type StepQuery } from '@/app/(customer)/[locale]/onboarding/step-page';
import { asidesOf } from '@/components/console/asides';
import { CaseBanner } from '@/components/console/case-banner';
import { ConsoleBar } from '@/components/console/console-bar';
import { FocusFirst } from '@/components/console/focus-first';
import { OnTheirDevice } from '@/components/console/on-their-device';
import { StepView } from '@/components/pages/step-view';
import { isPlainStep } from '@/components/steps/plain-step';
import { placesSettings } from '@/lib/config/browser-keys';
import { sourcesOf } from '@/lib/domain/assist/audit';
import { mayVisit } from '@/lib/domain/journey';
import { isStepId, type StepId, stepOf } from '@/lib/domain/steps';
import { holdsDraft } from '@/lib/domain/submission';
import type { Locale } from '@/lib/i18n/routing';
import { store } from '@/lib/store/store';
import { casePath, openCase } from '@/lib/use-cases/agent/open-case';
import { saveCaseStep } from './actions';

type Props = { locale: Locale; id: string; step: string; query: Promise<StepQuery> };

/** A step of a customer's journey at the console. A card, consent and the end are the customer's own: never here. */
export async function CaseStepPage({ locale, id, step, query }: Props) {
  if (step !== 'review' && !isStepId(step)) notFound();
  const fields = isPlainStep(step) ? stepOf(step).fields : [];
  const { session, found, journey } = await openCase(locale, id, 'case.read', fields);
  // What is on its way is not changed any more: there is only how it went.
  if (journey.submission && holdsDraft(journey.submission.state)) redirect(casePath(locale, id, 'hand-over'));
  if (!mayVisit(journey.walk, step)) redirect(journey.path(journey.walk.open));
  const handOverPath = casePath(locale, id, 'hand-over');
  const { audit } = await store();
  return (
    <>
      <ConsoleBar agent={session} locale={locale} />
      <CaseBanner customer={found.customer} handOver={isPlainStep(step) ? handOverPath : undefined} />
      {isPlainStep(step) ? (
        <>
          <StepView
            step={step}
            journey={journey}
            actions={stepActions(locale, id, step)}
            places={placesSettings()}
            notice={readNotice(await query)}
            asides={await asidesOf(step, found.customer.lang, sourcesOf(await audit.ofCase(id)))}
          />
          <FocusFirst />
        </>
      ) : (
        <OnTheirDevice path={handOverPath} lang={found.customer.lang} />
      )}
    </>
  );
}

function stepActions(locale: Locale, id: string, step: StepId) {
  const save = saveCaseStep.bind(null, locale, id, step);
  return { save, finish: save };
}
