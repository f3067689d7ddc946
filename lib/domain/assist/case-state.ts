import { isDraftLocked, type SubmissionState } from '../submission.ts';
import { getSubmissionView } from '../upstream-responses/submission-view.ts';

/** How far a hand-over is. */
export type HandoverState = 'waiting' | 'opened' | 'stopped' | 'expired';

/** What an agent is told once the customer has pressed the last button. */
const OUTCOMES = ['sending', 'checking', 'parked', 'refused', 'not-sent', 'delivered'] as const;
export type CaseOutcome = (typeof OUTCOMES)[number];

/** How far a case is, for the agent: the hand-over as long as nothing was sent, then what became of it. */
export type CaseState = 'none' | HandoverState | CaseOutcome;

type CaseSubmission = { state: SubmissionState; isBusy: boolean; link: string | undefined; draftVersion: number };

/**
 * @param submission the latest one; an end that answers from before have met says nothing of those of now
 * @param version of the answers
 */
export function getCaseState(
  submission: CaseSubmission | undefined,
  version: number,
  handover: HandoverState | undefined,
): CaseState {
  const isCurrent = submission && (isDraftLocked(submission.state) || submission.draftVersion === version);
  if (!isCurrent || submission.state === 'expired') return handover ?? 'none';
  const view = getSubmissionView(submission);
  return view === 'succeeded' ? 'delivered' : view;
}

/** Whether the customer has pressed the last button. */
export const isCaseOutcome = (state: CaseState): state is CaseOutcome => OUTCOMES.some((outcome) => outcome === state);
