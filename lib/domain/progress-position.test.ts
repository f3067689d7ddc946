import { expect, test } from 'vitest';
import { getJourneyProgress, type SavedSteps } from './journey.ts';
import { getProgressPosition } from './progress-position.ts';
import { sampleContext, sampleInputs } from './sample-answers.ts';
import { type StepId, steps } from './steps/index.ts';

const NOW = '2026-11-27T12:00:00.000Z';
const ACCOUNT = '002320275621938815';

/** Returns the positions that a customer with these answers sees on each page. */
function listPositions(inputs: Readonly<Partial<Record<StepId, object>>>, context = sampleContext) {
  const saved = Object.fromEntries(Object.entries(inputs).map(([step, input]) => [step, { input, savedAt: NOW }]));
  const { path } = getJourneyProgress(saved as SavedSteps, context, NOW);
  return Object.fromEntries([...path, 'review' as const].map((page) => [page, getProgressPosition(path, page)]));
}

for (const type of ['Card', 'UBN', 'BankAccount', 'DigitalWallet'] as const) {
  test(`the progress of a page is the same before and after the choice of ${type}`, () => {
    const payment = { paymentMethodType: type, ubnParams: { number: ACCOUNT } };
    const before = listPositions({});
    const after = listPositions({ ...sampleInputs, payment });
    expect(before).toMatchObject(after);
    expect(Object.values(before).map(({ total }) => total)).toEqual(Object.values(before).map(() => steps.length));
    expect(Object.keys(after).includes('card')).toBe(type === 'Card');
  });
}

test('the pages count from one to the total, without a gap', () => {
  const path: StepId[] = ['identity', 'address', 'payment', 'card'];
  const positions = [...path, 'review' as const].map((page) => getProgressPosition(path, page).current);
  expect(positions).toEqual([1, 2, 3, 3, 4]);
});

test('the card counts as a page when the customer has no choice of payment methods', () => {
  const path: StepId[] = ['identity', 'address', 'card'];
  expect(getProgressPosition(path, 'card')).toEqual({ current: 3, total: 4 });
});
