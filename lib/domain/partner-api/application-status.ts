import * as z from 'zod/mini';
import { applicationShape, submissionShape } from '../events/application-event.ts';
import type { SubmissionState } from '../submission.ts';

/** States of an application for the partner's server, with their meaning. */
const STATES = {
  started: 'the customer has not sent it, or may send it again because nothing had arrived',
  submitting: 'it is being sent, or the app finds out whether it arrived',
  link_delivered: 'the upstream accepted it, and the customer has a session link',
  refused: 'it was not accepted; the customer may correct some refusals and send again',
  needs_review: 'a supervisor decides',
  resolved: 'a supervisor decided that the customer was helped in another way',
  ended: 'it was not sent, and its answers have been deleted',
} as const;
export type ApplicationState = keyof typeof STATES;

export const APPLICATION_STATES = Object.keys(STATES) as [ApplicationState, ...ApplicationState[]];
const STATE_DESCRIPTION = Object.entries(STATES)
  .map(([state, meaning]) => `\`${state}\`: ${meaning}`)
  .join('. ');

/** The answer of `GET /api/applications/{reference}`: no personal data and no session link. */
export const applicationStatusSchema = z.object({
  application: applicationShape.application,
  partnerReference: applicationShape.partnerReference.check(z.describe('The partner’s reference, if it was asked for')),
  reference: z.optional(submissionShape.reference),
  state: z.enum(APPLICATION_STATES).check(z.describe(STATE_DESCRIPTION)),
  startedAt: z.iso
    .datetime()
    .check(
      z.describe(
        'When the customer opened the link with this reference; asked with `application`, when the customer began (ISO 8601, UTC)',
      ),
    ),
  updatedAt: z.iso
    .datetime()
    .check(z.describe('When the latest submission last changed. Without a submission, it is `startedAt`')),
});
export type ApplicationStatus = z.output<typeof applicationStatusSchema>;

/** A problem of HTTP APIs (RFC 9457). `type` is always `about:blank`: the status says everything. */
export const problemSchema = z.object({
  type: z.literal('about:blank'),
  title: z.string().check(z.describe('The phrase of the status')),
  status: z.int().check(z.minimum(400), z.maximum(599)),
});
export type Problem = z.output<typeof problemSchema>;

type ReferencedSubmission = { state: SubmissionState; isBusy: boolean; hadLink: boolean };

/** @param submission the newest one that has not expired */
export function getApplicationState(submission: ReferencedSubmission | undefined, hasDraft: boolean): ApplicationState {
  const unsentState = hasDraft ? 'started' : 'ended';
  switch (submission?.state) {
    case undefined:
    case 'expired':
      return unsentState;
    case 'received':
      return submission.isBusy ? 'submitting' : unsentState;
    case 'sending':
    case 'ambiguous':
    case 'reconciling':
      return 'submitting';
    case 'parked':
      return 'needs_review';
    case 'refused':
      return 'refused';
    case 'succeeded':
      // Only a person's decision ends an application as successful without a link.
      return submission.hadLink ? 'link_delivered' : 'resolved';
  }
}
