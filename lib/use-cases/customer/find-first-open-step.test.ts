import { expect, test } from 'vitest';
import { createSavedSteps } from '../../store/test-people.ts';
import { setUpTestStore } from '../../store/test-store.ts';
import { findFirstOpenStep } from './find-first-open-step.ts';

setUpTestStore();

test('a journey is open at its start, at the first step without an answer, or at the review', () => {
  expect(findFirstOpenStep(undefined)).toBe('identity');
  expect(findFirstOpenStep({ steps: createSavedSteps(undefined, ['identity']) })).toBe('address');
  expect(findFirstOpenStep({ steps: createSavedSteps(undefined, ['address']) })).toBe('identity');
  expect(findFirstOpenStep({ steps: createSavedSteps() })).toBe('review');
});
