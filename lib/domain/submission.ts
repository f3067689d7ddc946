import type { StepId } from './steps/index.ts';

/**
 * Where a submission stands. `unknown` is the state of a call whose fate nobody can prove: it is never repeated.
 * `not-sent` and `refused` leave the customer free to try again; the others hold the draft.
 */
export const SUBMISSION_STATES = ['sending', 'succeeded', 'refused', 'not-sent', 'unknown'] as const;
export type SubmissionState = (typeof SUBMISSION_STATES)[number];

/** While a call is live, done or of unknown fate, the draft must not be sent again. */
export function holdsDraft(state: SubmissionState): boolean {
  return state === 'sending' || state === 'succeeded' || state === 'unknown';
}

/** How a submission ends for the customer. */
export type SubmissionOutcome =
  | { kind: 'linked'; link: string }
  /** The upstream gave a definite no. */
  | { kind: 'refused' }
  /** Nothing was sent, or it was turned away before any work: trying again is safe. */
  | { kind: 'not-sent' }
  /** It may have arrived. Somebody has to look; nothing is sent again. */
  | { kind: 'unknown' }
  /** The draft is not complete: the customer goes to its first open step. */
  | { kind: 'incomplete'; open: StepId };
