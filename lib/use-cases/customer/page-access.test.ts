import { expect, test } from 'vitest';
import { getJourneyProgress } from '../../domain/journey.ts';
import { sampleContext, sampleInputs } from '../../domain/sample-answers.ts';
import type { Submission } from '../../store/submissions/queries.ts';
import { findPageRedirect } from './page-access.ts';

const NOW = '2026-11-22T12:00:00.000Z';
const steps = { identity: { input: sampleInputs.identity, savedAt: NOW } };
const draft = { id: 'd', version: 1, content: { steps } };
const progress = getJourneyProgress(steps, sampleContext, NOW);
const createSubmission = (state: Submission['state']): Submission => ({
  id: 's',
  draftVersion: 1,
  state,
  outcome: undefined,
  link: undefined,
  isBusy: false,
});

test('pages up to the first open step may be shown, and a later one leads back to it', () => {
  const journey = { submission: undefined, progress, draft };
  expect(findPageRedirect(journey, 'identity', true)).toBeUndefined();
  expect(findPageRedirect(journey, 'address', true)).toBeUndefined();
  for (const page of ['payment', 'review'] as const)
    expect(findPageRedirect(journey, page, true)).toEqual({ page: 'address', isLost: false });
});

test.each(['sending', 'succeeded', 'ambiguous', 'reconciling', 'parked'] as const)(
  'while a submission is %s, every page leads to the outcome',
  (state) => {
    const journey = { submission: createSubmission(state), progress, draft };
    expect(findPageRedirect(journey, 'identity', false)).toEqual({ page: 'outcome', isLost: false });
  },
);

test('a refused submission leaves the pages open', () => {
  expect(
    findPageRedirect({ submission: createSubmission('refused'), progress, draft }, 'identity', false),
  ).toBeUndefined();
});

test('a draft is reported as lost only when one of our pages led here', () => {
  const journey = { submission: undefined, progress: getJourneyProgress({}, sampleContext, NOW), draft: undefined };
  expect(findPageRedirect(journey, 'address', true)).toEqual({ page: 'identity', isLost: true });
  expect(findPageRedirect(journey, 'address', false)).toEqual({ page: 'identity', isLost: false });
});
