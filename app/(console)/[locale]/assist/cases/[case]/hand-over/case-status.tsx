import { getTranslations } from 'next-intl/server';
import { CaseOutcome } from '@/components/console/case-outcome';
import { ConfirmDevice } from '@/components/console/confirm-device';
import { SpokenText } from '@/components/console/spoken-text';
import { getBrand } from '@/lib/config/brand/brand';
import type { CaseAction } from '@/lib/domain/assist/allowed-case-actions';
import { type CaseOutcome as CaseOutcomeState, type CaseState, isCaseOutcome } from '@/lib/domain/assist/case-state';
import type { Action } from '@/lib/domain/assist/permissions';
import { getReference } from '@/lib/domain/text/ids';
import { ENROLMENT_STATES, getCorrectableField } from '@/lib/domain/upstream-responses/catalogue';
import type { Locale } from '@/lib/i18n/routing';
import type { getCaseProgress } from '@/lib/use-cases/agent/case-journey';
import { getCasePath } from '@/lib/use-cases/agent/console-paths';
import { getRejectionReason } from '@/lib/use-cases/agent/get-rejection-reason';
import { askStatus, confirmDevice } from '../../../case-actions';
import type { openCasePage } from '../open-case-page';

export type CaseProgress = Awaited<ReturnType<typeof getCaseProgress>>;

type Props = {
  locale: Locale;
  access: Awaited<ReturnType<typeof openCasePage>>;
  progress: CaseProgress;
  isAllowed: (action: Action) => boolean;
  isAvailable: (action: CaseAction) => boolean;
  /** The answer of the upstream to the agent's question, from the page's address. */
  enrolment: string | undefined;
};

/** Shows the outcome of a case, or its state before the customer has submitted it. */
export function CaseStatus(props: Props) {
  const { state } = props.progress;
  return (
    <div role="status">
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
  locale,
  access: { caseRecord },
  progress: { step, devices },
  isAvailable,
  state,
}: Props & { state: Exclude<CaseState, CaseOutcomeState> }) {
  const t = await getTranslations('assist.handOver');
  const tAssist = await getTranslations('assist');
  const tSteps = await getTranslations('steps');
  const { lang } = caseRecord.customer;
  const tCustomer = await getTranslations({ locale: lang, namespace: 'spoken.handOver' });
  const stepLabel = step === 'review' ? t('review') : tSteps(`${step}.short`);
  const waitingDevices = devices.map(({ id, digits }) => ({
    digits,
    confirm: confirmDevice.bind(null, locale, caseRecord.id, id),
  }));
  return (
    <>
      <title>{t('title')}</title>
      <h1 className="mb-4">{t('title')}</h1>
      <p className="mb-4">{t(`state.${state}`, { step: stepLabel })}</p>
      <SpokenText lang={lang} cue={tAssist('say')}>
        {tCustomer(state)}
      </SpokenText>
      {isAvailable('case.confirm') ? <ConfirmDevice devices={waitingDevices} /> : null}
    </>
  );
}
