import { expect, test } from 'vitest';
import { SUBMISSION_STATES, type SubmissionState } from '../submission.ts';
import { type ApplicationState, getApplicationState } from './application-status.ts';

test('every state of the ledger has a state for the partner, with and without its draft', () => {
  const read = (state: SubmissionState) => {
    const submission = { state, isBusy: false, hadLink: true };
    return [state, getApplicationState(submission, true), getApplicationState(submission, false)];
  };
  expect(SUBMISSION_STATES.map(read)).toEqual([
    ['received', 'started', 'ended'],
    ['sending', 'submitting', 'submitting'],
    ['succeeded', 'link_delivered', 'link_delivered'],
    ['refused', 'refused', 'refused'],
    ['ambiguous', 'submitting', 'submitting'],
    ['reconciling', 'submitting', 'submitting'],
    ['parked', 'needs_review', 'needs_review'],
    ['expired', 'started', 'ended'],
  ]);
});

test.each<[string, ApplicationState, Parameters<typeof getApplicationState>]>([
  ['not sent yet', 'started', [undefined, true]],
  ['not sent, and its answers deleted', 'ended', [undefined, false]],
  ['stored, and about to be sent', 'submitting', [{ state: 'received', isBusy: true, hadLink: false }, true]],
  ['helped in another way', 'resolved', [{ state: 'succeeded', isBusy: false, hadLink: false }, false]],
])('an application that was %s is %s', (_what, state, [submission, hasDraft]) => {
  expect(getApplicationState(submission, hasDraft)).toBe(state);
});
