import { expect, test } from 'vitest';
import { createRefusalBudget } from './refusal-budget.ts';

test('the same refusal of a session is written down once in ten minutes, another one at once', () => {
  let now = 0;
  const isRecorded = createRefusalBudget(() => now);
  const ask = () => [isRecorded('s1', 'case.read a'), isRecorded('s1', 'case.read b'), isRecorded('s2', 'case.read a')];
  expect(ask()).toEqual([true, true, true]);
  expect(ask()).toEqual([false, false, false]);
  now = 600_000;
  expect(ask()).toEqual([true, true, true]);
});

test('a flood of different refusals of one session is bounded, and costs no other session its entries', () => {
  const isRecorded = createRefusalBudget(() => 0);
  const recorded = Array.from({ length: 5_000 }, (_, at) => isRecorded('s1', `case.read ${at}`)).filter(Boolean);
  expect(recorded).toHaveLength(60);
  expect(isRecorded('s2', 'case.read 1')).toBe(true);
});
