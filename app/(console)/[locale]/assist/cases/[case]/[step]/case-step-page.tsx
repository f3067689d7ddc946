import { notFound, redirect } from 'next/navigation';
import { readNotice, type StepQuery } from '@/app/(customer)/[locale]/onboarding/step-page';
import { buildAgentPrompts } from '@/components/console/agent-prompts';
import { CaseStepView } from '@/components/console/case-step-view';
import { ConsoleBar } from '@/components/console/console-bar';
import { isPlainStep } from '@/components/steps/plain-step';
import { getPlacesSettings } from '@/lib/config/vendor-settings';
import { getAnswerSources } from '@/lib/domain/assist/audit';
import { getFillSources } from '@/lib/domain/documents/fill-form';
import { canVisit } from '@/lib/domain/journey';
import { isStepId, type StepId, steps } from '@/lib/domain/steps';
import { isDraftLocked } from '@/lib/domain/submission';
import type { Locale } from '@/lib/i18n/routing';
import { getStore } from '@/lib/store/store';
import { getCasePath } from '@/lib/use-cases/agent/console-paths';
import { CaseHeader } from '../case-header';
import { HandoverPanel } from '../handover-panel';
import { loadCaseStatus } from '../load-case-status';
import { openCasePage } from '../open-case-page';
import { saveCaseStep } from './actions';

type Props = { locale: Locale; id: string; step: string; query: Promise<StepQuery> };

/** Fields whose answers the page shows, for the audit: those of its step, and of the other steps in one line each. */
const SHOWN_FIELDS = steps.filter(({ id }) => isPlainStep(id)).flatMap(({ fields }) => fields);

/** Shows a step of a customer's journey at the console. The card and the review are for the customer's own device. */
export async function CaseStepPage({ locale, id, step, query }: Props) {
  if (step !== 'review' && !isStepId(step)) notFound();
  if (!isPlainStep(step)) redirect(getCasePath(locale, id, 'hand-over'));
  const access = await openCasePage({ locale, caseId: id, action: 'case.read', fields: SHOWN_FIELDS });
  const { session, caseRecord, journey } = access;
  if (journey.submission && isDraftLocked(journey.submission.state)) redirect(getCasePath(locale, id, 'hand-over'));
  if (!canVisit(journey.progress, step)) redirect(journey.getPath(journey.progress.firstOpenStep));
  const { audit } = await getStore();
  const places = getPlacesSettings();
  const status = await loadCaseStatus(access, locale);
  const agentPrompts = await buildAgentPrompts({
    step,
    context: journey.context,
    lang: caseRecord.customer.lang,
    hasSearch: places !== undefined,
    sources: {
      ...getAnswerSources(await audit.listByCase(id)),
      ...getFillSources(journey.content, journey.content.filled),
    },
    children: <HandoverPanel {...status} page={step} />,
  });
  return (
    <>
      <ConsoleBar agent={session} locale={locale} />
      <CaseHeader {...status} page={step} />
      <CaseStepView
        step={step}
        journey={journey}
        actions={buildStepActions(locale, id, step)}
        places={places}
        notice={readNotice(await query)}
        agentPrompts={agentPrompts}
      />
    </>
  );
}

function buildStepActions(locale: Locale, id: string, step: StepId) {
  const save = saveCaseStep.bind(null, locale, id, step);
  return { save, finish: save };
}
