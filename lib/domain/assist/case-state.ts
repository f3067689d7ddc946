import { holdsDraft, type SubmissionState } from '../submission.ts';
import { viewOf } from '../upstream-responses/page.ts';

/** How far a hand-over is. */
export type HandoverState = 'waiting' | 'opened' | 'stopped' | 'expired';

/** What an agent is told once the customer has pressed the last button. */
const OUTCOMES = ['sending', 'checking', 'parked', 'refused', 'not-sent', 'delivered'] as const;
export type CaseOutcome = (typeof OUTCOMES)[number];

/** How far a case is, for the agent: the hand-over as long as nothing was sent, then what became of it. */
export type CaseState = 'none' | HandoverState | CaseOutcome;

type Sent = { state: SubmissionState; isBusy: boolean; link: string | undefined; draftVersion: number };

/**
 * @param submission the latest one; an end that answers from before have met says nothing of those of now
 * @param version of the answers
 */
export function caseStateOf(
  submission: Sent | undefined,
  version: number,
  handover: HandoverState | undefined,
): CaseState {
  const isCurrent = submission && (holdsDraft(submission.state) || submission.draftVersion === version);
  if (!isCurrent || submission.state === 'expired') return handover ?? 'none';
  const view = viewOf(submission);
  return view === 'succeeded' ? 'delivered' : view;
}

/** Whether the customer has pressed the last button. */
export const isOutcome = (state: CaseState): state is CaseOutcome => OUTCOMES.some((outcome) => outcome === state);
