import type { Locale } from './locale.ts';
import type { StepId } from './steps/index.ts';

/**
 * States of a submission (docs/submission.md).
 *
 * - `received`: stored, certainly not processed; it may be sent.
 * - `sending`: claimed; a byte may have left.
 * - `succeeded`, `refused`: the upstream's definite answer.
 * - `ambiguous`: perhaps processed; it is not sent again before it is reconciled.
 * - `reconciling`: a worker looks the user up.
 * - `parked`: lookups did not decide; a person must.
 * - `expired`: never processed, and replaced by newer answers or ended with its draft.
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

/** The upstream may have processed a submission in these states. */
export const UNKNOWN_OUTCOME_STATES = [
  'ambiguous',
  'reconciling',
  'parked',
] as const satisfies readonly SubmissionState[];

/** The answers must not change while a call is live, successful or ambiguous. */
export function isDraftLocked(state: SubmissionState): boolean {
  return state !== 'received' && state !== 'refused' && state !== 'expired';
}

/** Returns the target of the upstream's rejection, if it concerns this version of the answers. */
export function getErrorTarget(
  latest: { state: SubmissionState; draftVersion: number; outcome: string | undefined } | undefined,
  version: number | undefined,
): string | undefined {
  return latest?.state === 'refused' && latest.draftVersion === version ? latest.outcome : undefined;
}

/** Result of the lookup just before the claim. Only after `absent` may a link that is found later go to the customer. */
export type Precheck = 'absent' | 'present' | 'unknown';

/** Evidence of the consent: version, SHA-256 and language of the wording, time (ISO 8601, UTC) and actor. */
export type ConsentRecord = { version: string; hash: string; lang: Locale; at: string; actor: 'customer' };

export type Actor = 'customer' | 'reconciler' | 'operator';

/** Result of a submission for the customer. Times are in milliseconds. */
export type SubmissionOutcome =
  | { kind: 'linked'; link: string }
  /** The upstream rejected the application; `step` has the field to correct. */
  | { kind: 'refused'; step: StepId | undefined }
  /** Not sent, or rejected before any work: the customer can safely try again. */
  | { kind: 'not-sent'; retryAfterMs?: number | undefined }
  /** Not sent: a submission of another draft holds the phone. */
  | { kind: 'phone-held'; retryAfterMs: number }
  /** Not sent: a rate limit is reached. */
  | { kind: 'limited'; retryAfterMs: number }
  /** In flight or ambiguous. The outcome page polls; nothing is sent again meanwhile. */
  | { kind: 'working' }
  /** The draft is incomplete. */
  | { kind: 'incomplete'; firstOpenStep: StepId };
