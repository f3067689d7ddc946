import { isDraftLocked, type SubmissionState } from '../submission.ts';
import { getSubmissionView } from '../upstream-responses/submission-view.ts';

export type HandoverState = 'waiting' | 'opened' | 'stopped' | 'expired';

/** States after the customer has submitted. */
const OUTCOMES = ['sending', 'checking', 'parked', 'refused', 'not-sent', 'delivered'] as const;
export type CaseOutcome = (typeof OUTCOMES)[number];

/** State of a case as the agent sees it: the hand-over until the customer submits, then the submission. */
export type CaseState = 'none' | HandoverState | CaseOutcome;

type CaseSubmission = { state: SubmissionState; isBusy: boolean; link: string | undefined; draftVersion: number };

/**
 * Returns the state of a case.
 *
 * @param submission the latest one; an end of another version of the answers does not count
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

export const isCaseOutcome = (state: CaseState): state is CaseOutcome => OUTCOMES.some((outcome) => outcome === state);
