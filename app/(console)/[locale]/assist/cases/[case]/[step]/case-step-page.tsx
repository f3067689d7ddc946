import { notFound, redirect } from 'next/navigation';
import { readNotice, type StepQuery } from '@/app/(customer)/[locale]/onboarding/step-page';
import { buildAgentPrompts } from '@/components/console/agent-prompts';
import { CaseBanner } from '@/components/console/case-banner';
import { ConsoleBar } from '@/components/console/console-bar';
import { CustomerDeviceOnly } from '@/components/console/customer-device-only';
import { FocusFirstEmptyField } from '@/components/console/focus-first-empty-field';
import { StepView } from '@/components/pages/step-view';
import { isPlainStep } from '@/components/steps/plain-step';
import { getPlacesSettings } from '@/lib/config/vendor-settings';
import { getAnswerSources } from '@/lib/domain/assist/audit';
import { canVisit } from '@/lib/domain/journey';
import { getStep, isStepId, type StepId } from '@/lib/domain/steps';
import { isDraftLocked } from '@/lib/domain/submission';
import type { Locale } from '@/lib/i18n/routing';
import { getStore } from '@/lib/store/store';
import { getCasePath } from '@/lib/use-cases/agent/console-paths';
import { openCasePage } from '../open-case-page';
import { saveCaseStep } from './actions';

type Props = { locale: Locale; id: string; step: string; query: Promise<StepQuery> };

/** Shows a step of a customer's journey at the console. The card and the review are for the customer's own device. */
export async function CaseStepPage({ locale, id, step, query }: Props) {
  if (step !== 'review' && !isStepId(step)) notFound();
  const fields = isPlainStep(step) ? getStep(step).fields : [];
  const { session, caseRecord, journey } = await openCasePage({ locale, caseId: id, action: 'case.read', fields });
  if (journey.submission && isDraftLocked(journey.submission.state)) redirect(getCasePath(locale, id, 'hand-over'));
  if (!canVisit(journey.progress, step)) redirect(journey.getPath(journey.progress.firstOpenStep));
  const handOverPath = getCasePath(locale, id, 'hand-over');
  const { audit } = await getStore();
  return (
    <>
      <ConsoleBar agent={session} locale={locale} />
      <CaseBanner customer={caseRecord.customer} handOver={isPlainStep(step) ? handOverPath : undefined} />
      {isPlainStep(step) ? (
        <>
          <StepView
            step={step}
            journey={journey}
            actions={buildStepActions(locale, id, step)}
            places={getPlacesSettings()}
            notice={readNotice(await query)}
            agentPrompts={
              await buildAgentPrompts(step, caseRecord.customer.lang, getAnswerSources(await audit.listByCase(id)))
            }
          />
          <FocusFirstEmptyField />
        </>
      ) : (
        <CustomerDeviceOnly path={handOverPath} lang={caseRecord.customer.lang} />
      )}
    </>
  );
}

function buildStepActions(locale: Locale, id: string, step: StepId) {
  const save = saveCaseStep.bind(null, locale, id, step);
  return { save, finish: save };
}
