import type { Locale } from './locale.ts';
import type { StepId } from './steps/index.ts';

/**
 * Where a submission stands.
 *
 * - `received`: kept, and proved not to have been processed. It may be sent.
 * - `sending`: claimed; a byte may have left.
 * - `succeeded`, `refused`: the upstream's definite answer.
 * - `ambiguous`: it may have been processed and nobody can prove it yet. It is not sent again before it is reconciled.
 * - `reconciling`: one worker asks the upstream what became of it.
 * - `parked`: asking did not help. A person looks.
 * - `expired`: never processed, and replaced by newer answers or over with its draft.
 */
export const SUBMISSION_STATES = [
  'received',
  'sending',
  'succeeded',
  'refused',
  'ambiguous',
  'reconciling',
  'parked',
  'expired',
] as const;
export type SubmissionState = (typeof SUBMISSION_STATES)[number];

/** States of a submission that the upstream may have processed without our knowing. */
export const UNKNOWN_OUTCOME_STATES = [
  'ambiguous',
  'reconciling',
  'parked',
] as const satisfies readonly SubmissionState[];

/** While a call is live, done or of unknown fate, the answers must not change. */
export function isDraftLocked(state: SubmissionState): boolean {
  return state !== 'received' && state !== 'refused' && state !== 'expired';
}

/** The owner of the upstream's no, as long as the answers are those of the version that it said no to. */
export function getErrorTarget(
  latest: { state: SubmissionState; draftVersion: number; outcome: string | undefined } | undefined,
  version: number | undefined,
): string | undefined {
  return latest?.state === 'refused' && latest.draftVersion === version ? latest.outcome : undefined;
}

/** What is known of a person at the upstream just before the claim: it decides whose link a later look may hand out. */
export type Precheck = 'absent' | 'present' | 'unknown';

/** The evidence of what was agreed to: which wording, its SHA-256, its language, when (ISO 8601, UTC) and who did it. */
export type ConsentRecord = { version: string; hash: string; lang: Locale; at: string; actor: 'customer' };

/** Who moved a submission. */
export type Actor = 'customer' | 'reconciler' | 'operator';

/** How a submission ends for the customer, or what they see until it has. */
export type SubmissionOutcome =
  | { kind: 'linked'; link: string }
  /** The upstream gave a definite no; `step` is where the customer can mend it. */
  | { kind: 'refused'; step: StepId | undefined }
  /** Nothing was sent, or it was turned away before any work: trying again is safe, in so many milliseconds if they are known. */
  | { kind: 'not-sent'; retryAfterMs?: number | undefined }
  /** A submission of another draft has the phone: nothing was sent. In so many milliseconds these answers may be sent. */
  | { kind: 'phone-held'; retryAfterMs: number }
  /** Too many calls were made: nothing was sent. In so many milliseconds there is room for one. */
  | { kind: 'limited'; retryAfterMs: number }
  /** Still under way, or of unknown fate. The outcome page goes on looking; nothing is sent again meanwhile. */
  | { kind: 'working' }
  /** The draft is not complete: the customer goes to its first open step. */
  | { kind: 'incomplete'; firstOpenStep: StepId };
