import { getTranslations } from 'next-intl/server';
import { CaseOutcome } from '@/components/console/case-outcome';
import { HandoverProgress } from '@/components/console/handover-progress';
import { SpokenText } from '@/components/console/spoken-text';
import { getStepLabels } from '@/components/console/step-labels';
import { getBrand } from '@/lib/config/brand/brand';
import { type CaseOutcome as CaseOutcomeState, type CaseState, isCaseOutcome } from '@/lib/domain/assist/case-state';
import { getReference } from '@/lib/domain/text/ids';
import { ENROLMENT_STATES, getCorrectableField } from '@/lib/domain/upstream-responses/catalogue';
import { getCasePath } from '@/lib/use-cases/agent/console-paths';
import { getRejectionReason } from '@/lib/use-cases/agent/get-rejection-reason';
import { askStatus } from '../../../case-actions';
import type { CaseStatusView } from '../load-case-status';

type Props = CaseStatusView & {
  /** The enrolment state that the upstream returned when the agent asked for it. The page reads it from its own address. */
  enrolment: string | undefined;
};

/** Shows the outcome of a case, or its state before the customer has submitted it. */
export function CaseStatus(props: Props) {
  const { state, step, devices } = props.progress;
  return (
    <div role="status">
      <HandoverProgress state={state} step={step} deviceCount={devices.length} isLive />
      {isCaseOutcome(state) ? <Outcome {...props} outcome={state} /> : <OpenState {...props} state={state} />}
    </div>
  );
}

async function Outcome({
  locale,
  access: { session, caseRecord, journey },
  isAllowed,
  isAvailable,
  enrolment,
  outcome,
}: Props & { outcome: CaseOutcomeState }) {
  const { submission, refusal } = journey;
  const correctionStep = getCorrectableField(refusal)?.step ?? 'identity';
  const cause = isAllowed('case.reason') ? await getRejectionReason(session, caseRecord, submission) : undefined;
  return (
    <CaseOutcome
      outcome={outcome}
      lang={caseRecord.customer.lang}
      brandName={getBrand().name}
      reference={submission ? getReference(submission.id) : ''}
      cause={cause}
      correctionPath={isAvailable('case.fill') ? getCasePath(locale, caseRecord.id, correctionStep) : undefined}
      checkStatus={isAvailable('case.status') ? askStatus.bind(null, locale, caseRecord.id) : undefined}
      enrolment={[...ENROLMENT_STATES, 'failed' as const].find((name) => name === enrolment)}
    />
  );
}

async function OpenState({
  access: { caseRecord },
  progress: { step },
  state,
}: Props & { state: Exclude<CaseState, CaseOutcomeState> }) {
  const t = await getTranslations('assist.handOver');
  const tAssist = await getTranslations('assist');
  const { lang } = caseRecord.customer;
  const tCustomer = await getTranslations({ locale: lang, namespace: 'spoken.handOver' });
  const stepLabel = (await getStepLabels())[step];
  return (
    <>
      <title>{t('title')}</title>
      <h1 className="mb-4">{t('title')}</h1>
      <p className="mb-4">{t(`state.${state}`, { step: stepLabel })}</p>
      <SpokenText lang={lang} cue={tAssist('say')}>
        {tCustomer(state)}
      </SpokenText>
    </>
  );
}
