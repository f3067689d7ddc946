import { getTranslations } from 'next-intl/server';
import { type CaseState, isCaseOutcome } from '@/lib/domain/assist/case-state';
import type { StepId } from '@/lib/domain/steps';
import { JoinedLine } from './joined-line';
import { getStepLabels } from './step-labels';

type Props = {
  state: CaseState;
  step: StepId | 'review';
  deviceCount: number;
  /** The page follows the customer from step to step. */
  isLive: boolean;
};

/** How far the customer is on the own device, in one line: scanned, at which step, sent. */
export async function HandoverProgress({ state, step, deviceCount, isLive }: Props) {
  const t = await getTranslations('assist.handOver');
  const labels = await getStepLabels();
  const isSent = isCaseOutcome(state) && state !== 'not-sent';
  const hasScanned = state === 'opened' || isCaseOutcome(state);
  const waitingText = t(deviceCount > 0 ? 'progress.confirm' : 'progress.waiting');
  return (
    <p className="handover-progress" role={isLive ? undefined : 'status'}>
      <JoinedLine>
        {hasScanned ? <Done text={t('progress.scanned')} word={t('progress.done')} /> : <span>{waitingText}</span>}
        {state === 'opened' && isLive ? <span>{`${labels[step]}…`}</span> : null}
        {isSent ? <Done text={t('progress.sent')} word={t('progress.done')} /> : <span>{t('progress.notSent')}</span>}
      </JoinedLine>
    </p>
  );
}

const Done = ({ text, word }: { text: string; word: string }) => (
  <span className="font-medium text-good">
    <span>{`${text} `}</span>
    <span aria-hidden="true">✓</span>
    <span className="sr-only">{word}</span>
  </span>
);
