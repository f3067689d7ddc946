import { expect, test } from 'vitest';
import { getJourneyProgress, type SavedSteps } from './journey.ts';
import { sampleContext, sampleInputs } from './sample-answers.ts';
import { describeStartedJourney } from './started-journey.ts';

const NOW = '2026-11-27T12:00:00.000Z';
const { identity, address, payment, card } = sampleInputs;
const save = (inputs: object) =>
  Object.fromEntries(Object.entries(inputs).map(([id, input]) => [id, { input, savedAt: NOW }])) as SavedSteps;
const describeSteps = (steps: SavedSteps) =>
  describeStartedJourney({ steps }, getJourneyProgress(steps, sampleContext, NOW));
const getDone = (steps: SavedSteps) => describeSteps(steps)?.steps.map(({ id, isDone }) => [id, isDone]);

test('an empty draft is no application in progress', () => {
  expect(describeSteps({})).toBeUndefined();
});

test('each step is done or missing, and the rows never change', () => {
  const rows = (...done: boolean[]) =>
    ['identity', 'address', 'payment'].map((id, index) => [id, done[index] ?? false]);
  expect(getDone(save({ identity }))).toEqual(rows(true));
  expect(getDone(save({ identity, address }))).toEqual(rows(true, true));
  expect(getDone(save({ address }))).toEqual(rows(false, true));
  expect(getDone(save({ identity, address, payment: { ...payment, paymentMethodType: 'DigitalWallet' } }))).toEqual(
    rows(true, true, true),
  );
});

test('a payment by card is done with the card', () => {
  const answers = { identity, address, payment: { ...payment, paymentMethodType: 'Card' } };
  expect(getDone(save(answers))?.at(-1)).toEqual(['payment', false]);
  expect(getDone(save({ ...answers, card }))?.at(-1)).toEqual(['payment', true]);
});

test('the name is greeted as soon as it is typed', () => {
  const typed = { identity: { input: { ...identity, firstName: ' María ' }, errors: {} } };
  const progress = getJourneyProgress({}, sampleContext, NOW);
  expect(describeStartedJourney({ steps: {}, typed }, progress)?.firstName).toBe('María');
  expect(describeSteps(save({ address }))?.firstName).toBe('');
});
